import { endOfDay } from '../../../core/dates.ts'
import { AppError } from '../../../core/errors.ts'
import { closeIntervals, openInterval } from '../../db/clock-intervals.ts'
import { reasonsAsked, updateCorrection } from '../../db/corrections.ts'
import { updateItem } from '../../db/items.ts'
import { correctionOf } from './corrections.ts'
import type { RecordStep } from './step.ts'

/**
 * 补正告知: from now on the applicant sees what to change and until when, and the clock of this item stands still: a typed
 * stop, with the notice as its reason. The siblings go on.
 */
export const openCorrection: RecordStep = {
  async run({ ctx, trx, subject, region, at, today, audit }) {
    const { item } = subject
    const correction = await correctionOf(trx, subject)
    if (!item || !correction || item.outcome !== null) throw new AppError('STEP_CONFLICT')
    const deadline = correction.deadline ?? ctx.calendar.addWorkingDays(today, region.thresholds.correctionWorkingDays).date
    if (correction.status === 'open' && correction.opened_at === null) {
      await updateCorrection(trx, correction.id, { opened_at: at, deadline })
      await updateItem(trx, item.id, { status: 'correcting' }, at)
      await closeIntervals(trx, subject.id, today, 'running')
      await openInterval(trx, { subjectId: subject.id, kind: 'correction', startedOn: today, reason: correction.id })
      await audit('correction-opened', { correctionId: correction.id, deadline, rowId: subject.row?.id ?? null, reasonCodes: reasonsAsked(correction) })
    }
    return { correctionDeadline: new Date(endOfDay(deadline)) }
  }
}
