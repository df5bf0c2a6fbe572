import { AppError } from '../../../core/errors.ts'
import { updateCorrection } from '../../db/corrections.ts'
import { correctionOf } from './corrections.ts'
import { addReason, settleItem, settleRow } from './settle.ts'
import type { RecordStep } from './step.ts'

/** 逾期未补正: counts as withdrawn, with that reason; the applicant may apply again. */
export const lapseCorrection: RecordStep = {
  async run(scope) {
    const { trx, subject, audit } = scope
    const { item, row } = subject
    if (!item) throw new AppError('STEP_CONFLICT')
    const settled = row ? row.outcome : item.outcome
    if (settled !== null) return { outcome: settled }
    const correction = await correctionOf(trx, subject)
    if (correction) await updateCorrection(trx, correction.id, { status: 'lapsed' })
    await addReason(scope, item, row, { code: 'CORRECTION_LAPSED', message: '逾期未补正，视为撤回，可以重新申请', source: 'system' })
    if (row) await settleRow(scope, item, row, 'withdrawn')
    else await settleItem(scope, item, 'withdrawn')
    await audit('correction-lapsed', { correctionId: correction?.id ?? null, rowId: row?.id ?? null })
    return { outcome: 'withdrawn' }
  }
}
