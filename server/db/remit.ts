import type { Knex } from 'knex'

/** What somebody answers for. */
export interface Remit {
  readonly region: string
  /** Null = every department. */
  readonly department: string | null
  /** '' = the whole region, 4501 = all that begin so. */
  readonly divisionPrefix: string
}

/** Narrows a query on rows with region, department and division to a remit; `table` names theirs where several are joined. */
export function atRemit(
  query: Knex.QueryBuilder, { region, department, divisionPrefix }: Remit, table?: string
): Knex.QueryBuilder {
  const column = (name: string): string => table === undefined ? name : `${table}.${name}`
  query.where(column('region'), region)
  if (department !== null) query.where(column('department'), department)
  if (divisionPrefix !== '') query.whereLike(column('division'), `${divisionPrefix}%`)
  return query
}

/** The same of counts that are at hand. */
export function isWithin({ department, divisionPrefix }: Remit) {
  return (one: { readonly department: string; readonly division: string | null }): boolean =>
    (department === null || one.department === department) && (one.division ?? '').startsWith(divisionPrefix)
}

/** As atRemit, but a row that names no department or no division is everybody's of the region. */
export function atRemitOrOpen(query: Knex.QueryBuilder, { region, department, divisionPrefix }: Remit): Knex.QueryBuilder {
  query.andWhere(any => any.where({ region }).orWhereNull('region'))
  if (department !== null) query.andWhere(any => any.where({ department }).orWhereNull('department'))
  if (divisionPrefix !== '') query.andWhere(any => any.whereLike('division', `${divisionPrefix}%`).orWhereNull('division'))
  return query
}
