import { updateApplication } from '../../db/applications.ts'
import { findRowsOfItem, updateRow } from '../../db/item-rows.ts'
import type { Item } from '../../db/items.ts'
import { addReasons, findItemsOfApplication, updateItem } from '../../db/items.ts'
import type { MatterConflict } from '../policy/exclusivity.ts'
import { conflictsAmong } from '../policy/exclusivity.ts'
import type { RecordStep, StepScope } from './step.ts'

/**
 * 不予受理: the rules step found matters that exclude each other. The reasons are asked for again, from the items that are
 * stored: a process that somebody started with other variables refuses nothing that is in order.
 */
export const refuseApplication: RecordStep<readonly MatterConflict[]> = {
  async prepare(ctx, { application }) {
    if (application.status_draft || application.accepted_at !== null) return []
    const items = await findItemsOfApplication(ctx.db, application.id)
    return conflictsAmong(ctx, ctx.regions.get(application.region), items.map(({ slug }) => slug))
  },

  async run(scope, conflicts) {
    const { trx, subject: { application }, at } = scope
    if (application.refused_at !== null) return {}
    if (application.status_draft || application.accepted_at !== null || conflicts.length === 0) {
      await scope.audit('refusal-ignored', { processInstanceId: scope.input.processInstanceId })
      return {}
    }
    for (const item of await findItemsOfApplication(trx, application.id)) await refuseItem(scope, item, conflicts)
    await updateApplication(trx, application.id, { refused_at: at }, at)
    await scope.audit('application-refused', { rules: conflicts.map(({ ruleId, clause }) => ({ ruleId, clause })) })
    return {}
  }
}

async function refuseItem({ trx, at }: StepScope, item: Item, conflicts: readonly MatterConflict[]): Promise<void> {
  await updateItem(trx, item.id, { status: 'not-accepted', outcome: 'not-accepted', decided_at: at }, at)
  for (const row of await findRowsOfItem(trx, item.id)) {
    await updateRow(trx, row.id, { status: 'rejected', outcome: 'rejected', decided_at: at }, at)
  }
  const own = conflicts.filter(({ matters }) => matters.includes(item.slug))
  // 一件事 is accepted or refused as one: whoever has no conflict of its own is told which one it was.
  const reasons = (own.length > 0 ? own : conflicts).map(({ ruleId, clause, message }) => ({
    code: 'APPLICATION_CONFLICT', ruleId, clause, message, source: 'rule' as const
  }))
  await addReasons(trx, item.id, reasons, at)
}
