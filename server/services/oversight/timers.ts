import { formatInstant } from '../../../core/dates.ts'
import type { Region } from '../../../core/region.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { withinRemit } from '../../db/audit-queries.ts'
import type { Item } from '../../db/items.ts'
import { everyPage } from '../../engine/gateway-instances.ts'
import type { PendingTimer } from '../../engine/gateway-jobs.ts'
import { insuranceTitle, matterTitle } from '../../regions/titles.ts'
import { findSubjects } from '../subjects.ts'
import type { Subject } from '../subjects.ts'
import { overseen } from './sla-days.ts'

const RED = 'BoundaryEvent_SlaRed'
/** What each kind of timer does; the ids are those of the modelling rules. Another timer is told by its own id. */
const EFFECTS: Readonly<Record<string, { readonly kind: string; readonly text: string }>> = {
  BoundaryEvent_SlaWarn: { kind: 'warn', text: '预警：提醒承办人即将到期' },
  BoundaryEvent_SlaPromised: { kind: 'yellow', text: '黄牌：超过承诺时限' },
  [RED]: { kind: 'red', text: '红牌：超过法定时限' },
  BoundaryEvent_CorrectionLapsed: { kind: 'correction', text: '补正期满：逾期未补正的按撤回处理' },
  BoundaryEvent_PaymentLapsed: { kind: 'payment', text: '缴费期满：逾期未缴费的，该行结束' }
}

const DEFAULT_LIMIT = 50

/** The engine's timers of what somebody oversees, the next to fire first, in human words: which case, when, what happens. */
export async function pendingTimers(ctx: ServerContext, actor: Actor, limit = DEFAULT_LIMIT) {
  const { region, remit } = overseen(ctx, actor)
  const shown: ReturnType<typeof timerView>[] = []
  for await (const page of everyPage(at => ctx.engine.pendingTimers(at))) {
    const instances = await ctx.engine.processInstances([...new Set(page.map(({ instanceId }) => instanceId))])
    const keys = new Map(instances.map(({ id, businessKey }) => [id, businessKey ?? '']))
    const subjects = await findSubjects(ctx.db, [...new Set(keys.values())])
    const own = await withinRemit(ctx.db, remit, [...new Set([...subjects.values()].map(({ application }) => application.id))])
    for (const timer of page) {
      const subject = subjects.get(keys.get(timer.instanceId) ?? '')
      if (subject && own.has(subject.application.id)) shown.push(timerView(region, timer, subject))
      if (shown.length >= limit) return { timers: shown }
    }
  }
  return { timers: shown }
}

function timerView(
  region: Region, { id, activityId, dueAt }: PendingTimer, { application, item, row }: Subject
) {
  const effect = effectOf(region, activityId, item)
  const title = row ? `${insuranceTitle(region, row.insurance)}费申报`
    : item ? matterTitle(region, item.slug) : '办件整体'
  return {
    id, applicationId: application.id, number: application.number, itemId: item?.id ?? null, slug: item?.slug ?? null,
    kind: effect.kind, dueAt: formatInstant(dueAt), text: `${application.number}“${title}”：${effect.text}`
  }
}

/** Where the law sets no limit, the region's own days after the promise make the red card; nothing is called statutory then. */
export function effectOf(
  { thresholds: { redWorkingDaysPastPromise: days } }: Pick<Region, 'thresholds'>, activityId: string, item: Pick<Item, 'statutory_due'> | null
) {
  const effect = EFFECTS[activityId] ?? { kind: 'other', text: `流程中的定时事件 ${activityId}` }
  return activityId === RED && !item?.statutory_due ? { ...effect, text: `红牌：超过承诺时限 ${days} 个工作日（没有法定时限）` } : effect
}
