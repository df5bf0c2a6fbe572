import { AppError } from '../../../core/errors.ts'
import { findItemsOfApplication, updateItem } from '../../db/items.ts'
import type { Item } from '../../db/items.ts'
import { isToDeliver } from './collect-results.ts'
import type { RecordStep, StepScope } from './step.ts'

/** Notes that results have reached the applicant. Delivered ones stay as they are. */
export async function deliver(
  { trx, at, audit }: Pick<StepScope, 'trx' | 'at' | 'audit'>, items: readonly Item[], by: string
): Promise<void> {
  for (const item of items.filter(({ status }) => status === 'approved')) {
    await updateItem(trx, item.id, { status: 'delivered', delivered_at: at }, at)
    await audit('item-delivered', { by }, item.id)
  }
}

/** 窗口领取: everything that was to be fetched has been handed over. */
export const recordHandOver: RecordStep = {
  async run(scope) {
    const items = await findItemsOfApplication(scope.trx, scope.subject.application.id)
    await deliver(scope, items.filter(isToDeliver('window')), 'window')
    return {}
  }
}

/** 制卡完成: the card has been made and handed to its way of delivery. */
export const deliverCard: RecordStep = {
  async run(scope) {
    const { item } = scope.subject
    if (!item) throw new AppError('STEP_CONFLICT')
    await deliver(scope, [item], 'card')
    return {}
  }
}
