import type { Region } from '../../core/region.ts'

/** Name of a matter; its slug where the region has none of that name any more. */
export function matterTitle(region: Region, slug: string): string {
  return region.matters.find(matter => matter.slug === slug)?.title ?? slug
}

/** Name of a department; likewise. */
export function departmentName(region: Region, slug: string): string {
  return region.departments.find(department => department.slug === slug)?.name ?? slug
}

/** Name of whose system is asked: the public data platform serves every region, and is none of its departments. */
export function systemName(region: Region, slug: string): string {
  return slug === 'data-sharing' ? '公共数据平台' : departmentName(region, slug)
}

/** Name of an insurance; likewise. */
export function insuranceTitle(region: Region, slug: string): string {
  return region.insurances.find(insurance => insurance.slug === slug)?.title ?? slug
}

/** Name of a division of six digits; likewise. */
export function divisionName(region: Region, code: string): string {
  return region.divisions.find(division => division.code === code)?.name ?? code
}
