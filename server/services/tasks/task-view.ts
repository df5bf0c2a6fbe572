import { addDays, endOfDay, formatInstant, shanghaiDate, startOfDay } from '../../../core/dates.ts'
import { remainingWorkingDays, slaColour } from '../../../core/legal-clock.ts'
import type { SlaColour } from '../../../core/legal-clock.ts'
import { maskName } from '../../../core/masking.ts'
import { remainingWords } from '../../../core/remaining-words.ts'
import type { Region } from '../../../core/region.ts'
import type { ServerContext } from '../../context.ts'
import { readContent } from '../../db/applications.ts'
import type { Application } from '../../db/applications.ts'
import type { Item } from '../../db/items.ts'
import { findProfiles } from '../../db/people.ts'
import { dueOf } from '../../db/work-item-queries.ts'
import type { Warning } from '../../db/work-item-queries.ts'
import type { WorkItem } from '../../db/work-items.ts'
import type { TaskDecision } from '../../engine/definition-cache.ts'
import { divisionName } from '../../regions/titles.ts'
import { slaDays } from '../oversight/sla-days.ts'
import { accountKey } from '../person-keys.ts'

export interface TaskView {
  readonly id: string
  readonly applicationId: string
  readonly itemId: string | null
  readonly slug: string | null
  /** Title of the matter; '' for a task of no matter. */
  readonly title: string
  readonly name: string
  readonly kind: 'review' | 'pickup' | 'other'
  readonly department: string
  readonly division: string | null
  readonly divisionName: string
  /** Account of the holder. */
  readonly assignee: string | null
  /** The holder as people know him. */
  readonly holder: string | null
  /** RFC 3339 in Asia/Shanghai. */
  readonly createdAt: string
  readonly dueAt: string | null
  /** 0 on the due day itself, negative when it is past; null without a due date. */
  readonly remainingWorkingDays: number | null
  /** The same in words. */
  readonly remaining: string
  /** Null without a due date. */
  readonly sla: SlaColour | null
  /** Number of the application; null for a task that belongs to none. */
  readonly number: string | null
  /** Masked name. */
  readonly applicant: string | null
  readonly channel: string | null
  /** Account that delegated the task and gets it back. */
  readonly delegatedFrom: string | null
  readonly updatedAt: string
  readonly version: number
  readonly decisions: readonly TaskDecision[]
}

/** A task as the interface shows it. */
export async function taskView(ctx: ServerContext, task: WorkItem): Promise<TaskView> {
  return (await taskViews(ctx, [task]))[0]!
}

/** Several tasks as the interface shows them, in two queries. */
export async function taskViews(ctx: ServerContext, tasks: readonly WorkItem[]): Promise<TaskView[]> {
  const applications = await ctx.db<Application>('application').whereIn('id', tasks.map(task => task.application_id))
  const items = await ctx.db<Item>('item').whereIn('id', tasks.flatMap(task => task.item_id ?? [])).select('id', 'red_due', 'deadline_kind')
  const holders = [...new Set(tasks.flatMap(task => task.assignee ?? []))]
  const names = await namesOf(ctx, holders)
  return tasks.map(task => viewOf(ctx, task, {
    application: applications.find(({ id }) => id === task.application_id),
    item: items.find(({ id }) => id === task.item_id),
    holder: task.assignee === null ? null : names.get(task.assignee)!
  }))
}

type ItemFacts = Pick<Item, 'red_due' | 'deadline_kind'>

interface TaskFacts {
  readonly application: Application | undefined
  readonly item: ItemFacts | undefined
  readonly holder: string | null
}

function viewOf(ctx: ServerContext, task: WorkItem, { application, item, holder }: TaskFacts): TaskView {
  const { calendar, clock } = ctx
  const region = ctx.regions.get(task.region)
  const dueAt = dueOf(task)
  const days = dueAt === null ? null : remainingWorkingDays(calendar, clock.today(), shanghaiDate(dueAt))
  return {
    id: task.id,
    applicationId: task.application_id,
    itemId: task.item_id,
    slug: task.slug,
    title: region.matters.find(({ slug }) => slug === task.slug)?.title ?? '',
    name: task.name,
    kind: task.kind === 'review' || task.kind === 'pickup' ? task.kind : 'other',
    department: task.department,
    division: task.division,
    divisionName: divisionName(region, task.division ?? ''),
    assignee: task.assignee,
    holder,
    createdAt: formatInstant(task.created_at),
    dueAt: dueAt === null ? null : formatInstant(dueAt),
    remainingWorkingDays: days,
    remaining: remainingWords(days),
    sla: colourOf(ctx, task, item),
    number: application?.number ?? null,
    applicant: application ? applicantOf(ctx, application) : null,
    channel: application?.channel ?? null,
    delegatedFrom: task.delegated_from,
    updatedAt: formatInstant(task.updated_at),
    version: task.version,
    decisions: decisionsOf(task)
  }
}

/** What is to be warned of now, by the same days as the board and the engine's timers have. */
export function warningOf(ctx: Pick<ServerContext, 'calendar' | 'clock'>, region: Region): Warning {
  const { today, warnBefore, isLate } = slaDays(ctx, region)
  return { before: startOfDay(warnBefore), immediateBefore: isLate ? startOfDay(addDays(today, 1)) : ctx.clock.now() }
}

/** The colour as the list's filter reckons it. */
function colourOf(ctx: ServerContext, task: WorkItem, item: ItemFacts | undefined): SlaColour | null {
  const promisedAt = dueOf(task)
  if (promisedAt === null) return null
  const { before, immediateBefore } = warningOf(ctx, ctx.regions.get(task.region))
  const isWarned = promisedAt < (item?.deadline_kind === 'immediate' ? immediateBefore : before)
  const now = ctx.clock.now()
  const redAt = item?.red_due ? endOfDay(item.red_due) : Infinity
  return slaColour(now, { warnAt: isWarned ? now : Infinity, promisedAt, redAt })
}

function applicantOf(ctx: ServerContext, application: Application): string {
  const { name } = (readContent(ctx, application).common.person ?? {}) as { name?: unknown }
  return typeof name === 'string' ? maskName(name) : ''
}

/** The name behind a staff account; the account itself where none is known. */
export async function nameOf(ctx: Pick<ServerContext, 'db' | 'crypto'>, account: string): Promise<string> {
  return (await namesOf(ctx, [account])).get(account)!
}

/** The same of several accounts, in one query. */
export async function namesOf(ctx: Pick<ServerContext, 'db' | 'crypto'>, accounts: readonly string[]): Promise<Map<string, string>> {
  const keys = new Map(accounts.map(account => [account, accountKey(ctx.crypto, account)]))
  const profiles = await findProfiles(ctx, [...keys.values()])
  return new Map([...keys].map(([account, key]) => [account, profiles.get(key)?.name ?? account]))
}

export function decisionsOf({ decisions }: Pick<WorkItem, 'decisions'>): TaskDecision[] {
  return JSON.parse(decisions) as TaskDecision[]
}
