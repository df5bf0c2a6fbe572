import { AppError } from '../../../core/errors.ts'
import type { Item } from '../../db/items.ts'
import { findItem, findItemsOfApplication } from '../../db/items.ts'
import { DECIDED_ROWS, findRowsOfApplication } from '../../db/item-rows.ts'
import { addReason, settleRow } from './settle.ts'
import type { RecordStep, StepScope } from './step.ts'

/** A registration that came to nothing refuses its row of the declaration, and only that one (先登记，后申报). */
export const declineRow: RecordStep = {
  async run(scope) {
    const { trx, subject: { application }, input, audit } = scope
    const rows = await findRowsOfApplication(trx, application.id)
    const row = rows.find(({ insurance }) => insurance === input.variables.insurance)
    const item = row && await findItem(trx, row.item_id)
    if (!row || !item) throw new AppError('STEP_CONFLICT')
    if (DECIDED_ROWS.includes(row.status)) return {}
    const outcome = item.withdraw_requested_at === null ? 'rejected' : 'withdrawn'
    if (outcome === 'withdrawn') {
      await addReason(scope, item, row, { code: 'WITHDRAWN', message: '申请人撤回', source: 'applicant' })
    } else {
      const message = await whyNot(scope, row.insurance)
      await addReason(scope, item, row, { code: 'PREREQUISITE_NOT_APPROVED', message, source: 'system' })
    }
    await settleRow(scope, item, row, outcome)
    await audit('row-declined', { rowId: row.id, insurance: row.insurance, outcome }, item.id)
    return {}
  }
}

const ENDS: Readonly<Record<string, string>> = { rejected: '未通过', withdrawn: '已撤回' }

async function whyNot({ trx, region, subject: { application } }: StepScope, insurance: string): Promise<string> {
  const registration = (await findItemsOfApplication(trx, application.id)).find(({ slug }: Item) => slug === insurance)
  const title = region.matters.find(({ slug }) => slug === insurance)?.title ?? insurance
  return `前置事项“${title}”${ENDS[registration?.outcome ?? ''] ?? '没有办成'}，本险种不能申报缴费`
}
