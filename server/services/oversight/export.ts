import type { Writable } from 'node:stream'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Region } from '../../../core/region.ts'
import { auditActor } from '../../auth/actor.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { appendAudit } from '../../db/audit.ts'
import type { SlaFilter } from '../../db/sla-queries.ts'
import { CSV_START, csvLine } from '../../documents/csv.ts'
import { writeXlsx } from '../../documents/xlsx.ts'
import type { TableCell } from '../../documents/xlsx.ts'
import { departmentName, divisionName } from '../../regions/titles.ts'
import { channelTitle } from './channels.ts'
import { overseen } from './sla-days.ts'
import { slaItems } from './sla-items.ts'

export const COLUMNS = ['办件编号', '事项', '部门', '区划', '渠道', '状态', '灯色', '承诺到期日', '红牌日', '剩余工作日', '现由谁办理', '异常'] as const
const COLOURS: Readonly<Record<string, string>> = { red: '红牌', yellow: '黄牌', warn: '预警', green: '正常', stopped: '中止' }
const STATES: Readonly<Record<string, string>> = { accepted: '已受理', waiting: '等待前置事项', reviewing: '办理中', correcting: '补正中' }
const BATCH = 500

export type ExportFormat = 'csv' | 'xlsx'

export interface ExportOrder extends SlaFilter {
  /** What it is for, if it was told; kept, encrypted, in the audit trail. */
  readonly reason?: string
  readonly format: ExportFormat
}

/**
 * Notes in the audit trail that the open items behind the board are taken, and why, if that was told; then hands out what
 * writes them, batch by batch, into a stream. They tell nothing about the person: a case by its number, and of the staff the
 * account.
 */
export async function exportItems(ctx: ServerContext, actor: Actor, { reason, format, ...filter }: ExportOrder) {
  await appendAudit(ctx.db, {
    chain: 'system', type: 'sla-exported', actor: auditActor(actor), data: { ...filter, format, region: actor.region },
    text: reason?.trim() || null, at: ctx.clock.now()
  }, ctx.crypto)
  return async (out: Writable): Promise<void> => {
    if (format === 'xlsx') return writeXlsx(out, { name: '在办事项', head: COLUMNS, rows: rows(ctx, actor, filter) })
    await pipeline(Readable.from(lines(rows(ctx, actor, filter))), out)
  }
}

async function* lines(table: AsyncIterable<readonly TableCell[]>): AsyncGenerator<string> {
  yield CSV_START + csvLine(COLUMNS)
  for await (const row of table) yield csvLine(row)
}

async function* rows(ctx: ServerContext, actor: Actor, filter: SlaFilter): AsyncGenerator<readonly TableCell[]> {
  const { region } = overseen(ctx, actor)
  for (let cursor: string | undefined; ;) {
    const page = await slaItems(ctx, actor, { ...filter, cursor, limit: BATCH })
    for (const item of page.items) yield cellsOf(region, item)
    if (page.cursor === null) return
    cursor = page.cursor
  }
}

/** One item in the order of the columns. */
export function cellsOf(region: Region, item: Awaited<ReturnType<typeof slaItems>>['items'][number]): readonly TableCell[] {
  return [
    item.number, item.title, departmentName(region, item.department),
    item.division === null ? null : divisionName(region, item.division),
    channelTitle(item.channel), STATES[item.status] ?? item.status, COLOURS[item.colour] ?? item.colour,
    item.promisedDueDate, item.redDate, item.remainingWorkingDays, item.holder.text, item.hasIncident ? '是' : ''
  ]
}
