import { AppError } from '../../../core/errors.ts'
import { updateRow } from '../../db/item-rows.ts'
import { addReason } from './settle.ts'
import type { RecordStep } from './step.ts'

/** 逾期未缴费: the declaration stays approved, its payment has failed. A payment that came in at the last moment counts. */
export const lapsePayment: RecordStep = {
  async run(scope) {
    const { trx, subject: { item, row }, at, audit } = scope
    if (!item || !row) throw new AppError('STEP_CONFLICT')
    if (row.payment_status === 'paid') return {}
    await updateRow(trx, row.id, { payment_status: 'failed' }, at)
    await addReason(scope, item, row, { code: 'PAYMENT_LAPSED', message: '逾期未缴费，请重新申报', source: 'system' })
    await audit('payment-lapsed', { rowId: row.id, insurance: row.insurance })
    return {}
  }
}
