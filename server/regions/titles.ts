import type { Region } from '../../core/region.ts'

/** The group of those who sit at a window, of whichever department. */
const WINDOW = 'window'

/** Name of a matter; its slug where the region has none of that name any more. */
export function matterTitle(region: Region, slug: string): string {
  return region.matters.find(matter => matter.slug === slug)?.title ?? slug
}

/** Name of a department, of the windows, or of a group that only the identity server and a designer know. */
export function departmentName(region: Pick<Region, 'departments'>, slug: string): string {
  return region.departments.find(department => department.slug === slug)?.name ?? (slug === WINDOW ? '政务服务窗口' : `部门组 ${slug}`)
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
