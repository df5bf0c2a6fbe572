import type { RegionCatalogue } from '../regions/catalogue.ts'

/** The 办事指南 of a region as data: its matters, its promises, and the pages as they were written. */
export function guideOf(regions: RegionCatalogue, slug: string) {
  const { code, name, platform, overallPromisedWorkingDays, statutoryTotalWorkingDays, ...region } = regions.get(slug)
  return {
    region: { slug, code, name, platform },
    overallPromisedWorkingDays,
    statutoryTotalWorkingDays,
    departments: region.departments.map(department => ({ slug: department.slug, name: department.name })),
    matters: region.matters,
    insurances: region.insurances.map(insurance => ({ slug: insurance.slug, title: insurance.title })),
    pages: regions.guide(slug)
  }
}
