/** JSON pointers (RFC 6901) into what an applicant wrote. */
type Container = Record<string, unknown>

/** Whether one pointer names the same place as the other, or a place within it. */
export function isWithin(pointer: string, container: string): boolean {
  return pointer === container || pointer.startsWith(`${container}/`)
}

/**
 * A copy of `root` with another value at a place; objects on the way are made, array elements have to exist. Answers undefined
 * when there can be no such place.
 */
export function withValueAt<T extends object>(root: T, pointer: string, value: unknown): T | undefined {
  const names = pointer.split('/').slice(1).map(name => name.replaceAll('~1', '/').replaceAll('~0', '~'))
  const last = names.pop()
  if (last === undefined || [...names, last].some(isDangerous)) return undefined
  const copy = structuredClone(root)
  let here: unknown = copy
  for (const name of names) {
    if (!isContainer(here) || (Array.isArray(here) && here[Number(name)] === undefined)) return undefined
    if (!Object.hasOwn(here, name)) here[name] = {}
    here = here[name]
  }
  if (!isContainer(here) || (Array.isArray(here) && !/^\d{1,3}$/.test(last))) return undefined
  if (Array.isArray(here) && Number(last) >= here.length) return undefined
  here[last] = value
  return copy
}

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null
}

function isDangerous(name: string): boolean {
  return name === '' || name === '__proto__' || name === 'constructor' || name === 'prototype'
}
