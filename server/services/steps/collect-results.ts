import { findItemsOfApplication } from '../../db/items.ts'
import type { Item } from '../../db/items.ts'
import type { RecordStep } from './step.ts'

/** Whether an item's result still has to reach the applicant, and in which way. */
export function isToDeliver(method: 'mail' | 'window'): (item: Item) => boolean {
  return item => item.status === 'approved' && item.delivery_method === method
}

/** 结果归集: which results have to be mailed and which are fetched at a window; the rest went online. */
export const collectResults: RecordStep = {
  async run({ trx, subject: { application }, audit }) {
    const items = await findItemsOfApplication(trx, application.id)
    const answer = { hasMail: items.some(isToDeliver('mail')), hasPickup: items.some(isToDeliver('window')) }
    if (answer.hasPickup) await audit('pickup-ready')
    await audit('results-collected', { ...answer, outcomes: Object.fromEntries(items.map(({ slug, outcome }) => [slug, outcome])) })
    return answer
  }
}
