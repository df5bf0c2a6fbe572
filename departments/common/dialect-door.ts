import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { NextFunction, Request, Response } from 'express'
import type { Knex } from 'knex'
import { toOurs, toTheirs } from '../../core/dialect.ts'
import type { Dialect } from '../../core/dialect.ts'
import { fieldError } from '../../core/errors.ts'
import type { Fields } from './types.ts'

/** What the regions below `root` call this department's business and fields. */
export function readDialects(root: string, department: string): Dialect[] {
  const folder = join(root, 'regions')
  const regions = existsSync(folder) ? readdirSync(folder).sort() : []
  const files = regions.map(region => join(folder, region, 'departments', `${department}.json`))
  return files.filter(file => existsSync(file)).map(file => JSON.parse(readFileSync(file, 'utf8')) as Dialect)
}

/**
 * Another door to the same business: a request of a kind that a dialect names comes in that dialect and is answered in it,
 * also when it is asked for by its id later. A field that the dialect does not know is refused, our own names among them.
 */
export function dialectDoor(dialects: readonly Dialect[], db: Knex) {
  const byKind = new Map(dialects.flatMap(dialect =>
    Object.entries(dialect.kinds).map(([ours, theirs]) => [theirs, { dialect, ours }] as const)))

  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    const [, name = ''] = /^\/v1\/requests\/([^/]+)$/.exec(request.path) ?? []
    const isQuestion = request.method === 'GET'
    const kind = isQuestion && name !== '' ? await kindOf(db, decodeURIComponent(name)) : name
    const known = byKind.get(kind)
    if (!known) return next()
    const { dialect, ours } = known
    answerIn(dialect, response)
    if (isQuestion) return next()
    const body = request.body as Fields
    const strange = Object.keys(body).find(field => !Object.values(dialect.fields).includes(field))
    if (strange !== undefined) return next(fieldError(`/${strange}`, 'FIELD_UNKNOWN', `${dialect.system}没有此项`))
    response.locals.kind = kind
    request.body = toOurs(dialect, body)
    // The validator of the contract looks at the original address.
    request.url = request.originalUrl = `/v1/requests/${ours}`
    next()
  }
}

function answerIn(dialect: Dialect, response: Response): void {
  const json = response.json.bind(response)
  response.json = (answer: unknown) => {
    const { result } = (answer ?? {}) as { result?: Fields }
    return json(result ? { ...answer as object, result: toTheirs(dialect, result) } : answer)
  }
}

async function kindOf(db: Knex, requestId: string): Promise<string> {
  const row = await db('request').where({ request_id: requestId }).first('kind') as { kind: string } | undefined
  return row?.kind ?? ''
}
