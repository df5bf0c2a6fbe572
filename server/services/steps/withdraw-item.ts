import { AppError } from '../../../core/errors.ts'
import { updateCorrection } from '../../db/corrections.ts'
import { correctionOf } from './corrections.ts'
import { addReason, settleItem, settleRow } from './settle.ts'
import type { RecordStep } from './step.ts'

/** 撤回: ends an item or a row at the applicant's wish. One that is decided already stays as it was decided. */
export const withdrawItem: RecordStep = {
  async run(scope) {
    const { trx, subject, audit } = scope
    const { item, row } = subject
    if (!item) throw new AppError('STEP_CONFLICT')
    const settled = row ? row.outcome : item.outcome
    if (settled !== null) return { outcome: settled }
    const correction = await correctionOf(trx, subject)
    if (correction?.status === 'open') await updateCorrection(trx, correction.id, { status: 'withdrawn' })
    await addReason(scope, item, row, { code: 'WITHDRAWN', message: '申请人撤回', source: 'applicant' })
    if (row) await settleRow(scope, item, row, 'withdrawn')
    else await settleItem(scope, item, 'withdrawn')
    await audit('item-withdrawn', { rowId: row?.id ?? null })
    return { outcome: 'withdrawn' }
  }
}
