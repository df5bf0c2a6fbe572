import { remainingWorkingDays } from '../../../core/legal-clock.ts'
import type { Region } from '../../../core/region.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { findHolders } from '../../db/oversight-queries.ts'
import type { Holder } from '../../db/oversight-queries.ts'
import { listOpenItems, NEVER_DUE } from '../../db/sla-queries.ts'
import type { OpenItemRow, SlaFilter } from '../../db/sla-queries.ts'
import { pageOf, readCursor } from '../../http/cursor.ts'
import { departmentName, matterTitle } from '../../regions/titles.ts'
import { overseen } from './sla-days.ts'

export interface SlaItemsQuery extends SlaFilter {
  readonly cursor?: string
  readonly limit?: number
}

const DEFAULT_LIMIT = 50

/**
 * One page of the open items behind the board, the most urgent first, each with who holds it now.
 * Throws AppError CURSOR_INVALID.
 */
export async function slaItems(ctx: ServerContext, actor: Actor, { cursor, limit = DEFAULT_LIMIT, ...filter }: SlaItemsQuery) {
  const { region, remit, days } = overseen(ctx, actor)
  const after = readCursor(cursor, 'day')
  const rows = await listOpenItems(ctx.db, remit, days, filter, { after, limit: limit + 1 })
  const { page, cursor: next } = pageOf(rows, limit, dueOf)
  const holders = await findHolders(ctx.db, page.map(({ id }) => id))
  return {
    items: page.map(row => ({ ...openItemView(ctx, region, row), holder: holderOf(region, row, holders.get(row.id)) })),
    cursor: next
  }
}

/** The day by which the list is ordered. */
function dueOf({ colour, promised_due }: OpenItemRow): string {
  return colour === 'stopped' || promised_due === null ? NEVER_DUE : promised_due
}

/** An open item as the board shows it; nothing about the person. */
export function openItemView(
  { calendar, clock }: Pick<ServerContext, 'calendar' | 'clock'>, region: Region, row: OpenItemRow
) {
  const { id, application_id, number, channel, slug, department, division, status, colour, promised_due, red_due } = row
  return {
    id, applicationId: application_id, number, channel, slug,
    title: matterTitle(region, slug),
    department, division, status, colour,
    promisedDueDate: promised_due, redDate: red_due, isProvisional: row.is_provisional, hasIncident: row.has_incident,
    remainingWorkingDays: promised_due === null || colour === 'stopped' ? null
      : remainingWorkingDays(calendar, clock.today(), promised_due)
  }
}

/** Who has to do something next: the applicant, a clerk or a desk that has not claimed it, else the system. */
function holderOf(region: Region, { status, department }: OpenItemRow, task: Holder | undefined) {
  if (status === 'correcting') return { kind: 'applicant', text: '申请人（等待补正）' }
  if (status === 'waiting') return { kind: 'system', text: '等待前置登记办结' }
  if (!task) return { kind: 'system', text: `系统办理中（${departmentName(region, department)}）` }
  const desk = departmentName(region, task.department)
  return task.assignee === null ? { kind: 'desk', text: `${desk}（待认领）` } : { kind: 'clerk', text: `${desk}：${task.assignee}` }
}
