import type { Knex } from 'knex'

/** What somebody answers for. */
export interface Remit {
  readonly region: string
  /** Null = every department. */
  readonly department: string | null
  /** '' = the whole region, 4501 = all that begin so. */
  readonly divisionPrefix: string
}

/** Narrows a query on rows with region, department and division to a remit. */
export function atRemit(query: Knex.QueryBuilder, { region, department, divisionPrefix }: Remit): Knex.QueryBuilder {
  query.where({ region })
  if (department !== null) query.where({ department })
  if (divisionPrefix !== '') query.whereLike('division', `${divisionPrefix}%`)
  return query
}

/** As atRemit, but a row that names no department or no division is everybody's of the region. */
export function atRemitOrOpen(query: Knex.QueryBuilder, { region, department, divisionPrefix }: Remit): Knex.QueryBuilder {
  query.andWhere(any => any.where({ region }).orWhereNull('region'))
  if (department !== null) query.andWhere(any => any.where({ department }).orWhereNull('department'))
  if (divisionPrefix !== '') query.andWhere(any => any.whereLike('division', `${divisionPrefix}%`).orWhereNull('division'))
  return query
}
