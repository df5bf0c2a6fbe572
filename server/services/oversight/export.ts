import { auditActor } from '../../auth/actor.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { appendAudit } from '../../db/audit.ts'
import type { SlaFilter } from '../../db/sla-queries.ts'
import { CSV_START, csvLine } from '../../documents/csv.ts'
import { slaItems } from './sla-items.ts'

const COLUMNS = ['办件编号', '事项', '部门', '区划', '渠道', '状态', '灯色', '承诺到期日', '红牌日', '剩余工作日', '现由谁办理', '异常'] as const
const COLOURS: Readonly<Record<string, string>> = { red: '红牌', yellow: '黄牌', warn: '预警', green: '正常', stopped: '中止' }
const BATCH = 500

/** The open items behind the board as CSV, batch by batch. That it was taken, and why, is an event of the audit trail. */
export async function exportItems(
  ctx: ServerContext, actor: Actor, { reason, ...filter }: SlaFilter & { readonly reason: string }
): Promise<AsyncGenerator<string>> {
  await appendAudit(ctx.db, {
    chain: 'system', type: 'sla-exported', actor: auditActor(actor), data: { ...filter, region: actor.region }, text: reason, at: ctx.clock.now()
  }, ctx.crypto)
  return lines(ctx, actor, filter)
}

async function* lines(ctx: ServerContext, actor: Actor, filter: SlaFilter): AsyncGenerator<string> {
  yield CSV_START + csvLine(COLUMNS)
  for (let cursor: string | undefined; ;) {
    const page = await slaItems(ctx, actor, { ...filter, cursor, limit: BATCH })
    for (const item of page.items) {
      yield csvLine([
        item.number, item.title, item.department, item.division, item.channel, item.status, COLOURS[item.colour] ?? item.colour,
        item.promisedDueDate, item.redDate, item.remainingWorkingDays, item.holder.text, item.hasIncident ? '是' : ''
      ])
    }
    if (page.cursor === null) return
    cursor = page.cursor
  }
}
