import { writeCursor } from '../../server/http/cursor.ts'
import type { ApiClient } from '../client.ts'

/** What a desk asks all day. Each side gives the ids in order, or counts by name, so that an oracle can compare them. */
export interface NamedQuery {
  readonly name: string
  readonly means: string
  /** Asks for variables of the process: what the engine has no index for. */
  readonly isByVariable: boolean
  ours(): Promise<readonly string[]>
  engine(): Promise<readonly string[]>
}

export interface QuerySides {
  /** Somebody who works for `department` in the whole region. */
  readonly clerk: ApiClient
  readonly account: string
  readonly department: string
  readonly region: string
  readonly division: string
  readonly slug: string
  /** Business ms of now. */
  now(): number
  /** Number of the page that is asked for in the middle of the list, from 1. */
  readonly farPage: number
  /** Asks the engine's REST interface. */
  readonly engine: <T>(path: string, query: Readonly<Record<string, string>>) => Promise<T>
}

const PAGE = 20
/** The desk says 999+ beyond it. */
const MOST_COUNTED = 1000

/** The six queries of the design for both sides. */
export async function namedQueries(sides: QuerySides): Promise<NamedQuery[]> {
  const { clerk, account, department, region, division, slug, farPage } = sides
  const ours = async (query: string) => (await clerk.get<{ tasks: { id: string }[] }>(`tasks?limit=${PAGE}&${query}`)).tasks.map(({ id }) => id)
  const page = async (query: Readonly<Record<string, string>>, first = 0) => (await sides.engine<{ id: string }[]>('task', {
    sortBy: 'dueDate', sortOrder: 'asc', firstResult: String(first), maxResults: String(PAGE), ...query
  })).map(({ id }) => id)
  const count = async (query: Readonly<Record<string, string>>) => (await sides.engine<{ count: number }>('task/count', query)).count
  const group = { candidateGroup: department }
  const all = { ...group, includeAssignedTasks: 'true' }
  const mine = { ...all, assignee: account }
  const dueBefore = () => ({ dueBefore: new Date(sides.now()).toISOString().replace('Z', '+0000') })
  const cursor = await cursorBefore(clerk, farPage)
  return [
    { name: 'mine', means: 'what I hold, the most urgent first', isByVariable: false, ours: () => ours('queue=mine'), engine: () => page(mine) },
    { name: 'group', means: 'what nobody of my group holds yet', isByVariable: false, ours: () => ours('queue=group'), engine: () => page(group) },
    {
      name: 'filter', means: 'all of one matter, division and channel', isByVariable: true,
      ours: () => ours(`queue=all&slug=${slug}&division=${division}&channel=window`),
      engine: () => page({ ...all, processDefinitionKey: `${region}-${slug}`, processVariables: `division_eq_${division},channel_eq_window` })
    },
    { name: 'overdue', means: 'all that is past its day', isByVariable: false, ours: () => ours('queue=overdue'), engine: () => page({ ...all, ...dueBefore() }) },
    {
      name: 'far-page', means: `page ${farPage} of the group's list`, isByVariable: false,
      ours: () => ours(`queue=group&cursor=${cursor}`), engine: () => page(group, (farPage - 1) * PAGE)
    },
    {
      name: 'counts', means: 'how many: mine, group, all, overdue', isByVariable: false,
      async ours() {
        const { counts } = await clerk.get<{ counts: Record<string, number> }>('tasks/counts')
        return ['mine', 'group', 'all', 'overdue'].map(queue => String(counts[queue]))
      },
      async engine() {
        const counts = await Promise.all([mine, group, all, { ...all, ...dueBefore() }].map(count))
        return counts.map(one => String(Math.min(one, MOST_COUNTED)))
      }
    }
  ]
}

/** Where the page before ends, as somebody who turned the pages would know. */
async function cursorBefore(clerk: ApiClient, farPage: number): Promise<string> {
  const step = 100
  let cursor = ''
  for (let left = (farPage - 1) * PAGE; left > 0; left -= step) {
    const answer = await clerk.get<{ tasks: { id: string; dueAt: string }[]; cursor: string | null }>(
      `tasks?queue=group&limit=${Math.min(step, left)}${cursor && `&cursor=${cursor}`}`)
    const last = answer.tasks.at(-1)!
    cursor = answer.cursor ?? writeCursor({ key: Date.parse(last.dueAt), id: last.id })
  }
  return cursor
}
