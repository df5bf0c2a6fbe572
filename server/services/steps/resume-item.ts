import { AppError } from '../../../core/errors.ts'
import type { Deadline } from '../../../core/legal-clock.ts'
import { closeIntervals, findIntervals, openInterval, roundOf } from '../../db/clock-intervals.ts'
import type { Item } from '../../db/items.ts'
import { updateItem } from '../../db/items.ts'
import { deadlineOf } from '../policy/deadlines.ts'
import { beganAt, clockFrom, dateColumns, datesTold, promisedTo } from '../legal-dates.ts'
import { materialsStateOf } from '../materials/route.ts'
import type { MaterialsState } from '../materials/state.ts'
import { processDates } from './process-dates.ts'
import { leaveCorrection } from './settle.ts'
import type { RecordStep, StepScope } from './step.ts'

interface Prepared {
  readonly rowDeadline: Deadline | null
  readonly materialsState: MaterialsState
}

/**
 * The correction has come in: the clock runs again from the day after, the days of the stop do not count, and the next round
 * begins (the departments are asked anew, under request ids of their own).
 */
export const resumeItem: RecordStep<Prepared> = {
  async prepare(ctx, { application, item, row }) {
    const region = ctx.regions.get(application.region)
    return {
      // A row's promise has no columns of its own; an item's is read back from its dates.
      rowDeadline: item && row ? await deadlineOf(ctx, region, application.channel, item.slug) : null,
      materialsState: await materialsStateOf(ctx, application, item, row)
    }
  },

  async run(scope, { rowDeadline, materialsState }) {
    const { ctx, trx, subject, region, at } = scope
    const { application, item, row } = subject
    if (!item || item.outcome !== null || (row && row.outcome !== null)) throw new AppError('STEP_CONFLICT')
    const before = await findIntervals(trx, subject.id)
    const deadline = rowDeadline ?? promisedTo(ctx.calendar, item, application.accepted_on!, before)
    const isStopped = before.some(({ kind, ended_on }) => kind === 'correction' && ended_on === null)
    if (isStopped) await restart(scope, item)
    const intervals = await findIntervals(trx, subject.id)
    const start = row ? beganAt(intervals, null, null) : beganAt(intervals, application.accepted_at, application.accepted_on)
    const clock = clockFrom({ region, calendar: ctx.calendar, division: item.division }, deadline, start, intervals)
    const isLater = !row || (clock.promisedDueDate ?? '') > (item.promised_due ?? '')
    if (isLater) await updateItem(trx, item.id, dateColumns(deadline, clock), at)
    if (isStopped) {
      await scope.audit('item-resumed', { round: roundOf(intervals), rowId: row?.id ?? null, ...(isLater ? { dates: datesTold(clock) } : {}) })
    }
    return { ...processDates(region, item, clock), materialsState }
  }
}

async function restart(scope: StepScope, item: Item): Promise<void> {
  const { trx, subject, at, today } = scope
  await closeIntervals(trx, subject.id, today, 'correction')
  await openInterval(trx, { subjectId: subject.id, kind: 'running', startedOn: today })
  await leaveCorrection(scope, item)
  // Doubts of the earlier round are asked about again.
  await trx('item_reason').where({ item_id: item.id, row_id: subject.row?.id ?? null }).whereIn('source', ['department', 'rule']).delete()
  if (!subject.row) await updateItem(trx, item.id, { round: roundOf(await findIntervals(trx, subject.id)) }, at)
}
