import { randomUUID } from 'node:crypto'
import type { ServerContext } from '../../../server/context.ts'
import { insertCorrection } from '../../../server/db/corrections.ts'
import { insertDecision } from '../../../server/db/decisions.ts'
import type { NewWorkItem, WorkItem } from '../../../server/db/work-items.ts'
import { addWorkItems, findWorkItem } from '../../../server/db/work-items.ts'

/** Stores an open review task; `more` says what matters to the test. */
export async function openWorkItem({ db, clock }: ServerContext, more: Partial<NewWorkItem> = {}): Promise<WorkItem> {
  const id = more.id ?? randomUUID()
  const decisions = [{ value: 'approve', label: '通过' }, { value: 'reject', label: '不予核定' }, { value: 'correct', label: '补正' }]
  await addWorkItems(db, [{
    id, application_id: randomUUID(), item_id: null, row_id: null, region: 'guangxi', slug: null, department: 'hrss', division: '450103',
    name: '审核', kind: 'review', activity_id: 'Task_Review', process_definition_id: 'p:1', process_instance_id: randomUUID(),
    decisions: JSON.stringify(decisions), due_at: null, created_at: clock.now(), rule_id: null, ...more
  }], clock.now())
  return (await findWorkItem(db, id))!
}

/** Stores a decision as if a clerk had made it; one that asks for a correction brings it along. */
export async function decided(
  ctx: ServerContext, task: WorkItem, decision: string, { reasonCode = null, reasonText = null, at = ctx.clock.now() }:
  { reasonCode?: string | null; reasonText?: string | null; at?: number } = {}
): Promise<string> {
  const id = await insertDecision(ctx.db, {
    task_id: task.id, item_id: task.item_id, application_id: task.application_id, decision, reason_code: reasonCode, decided_by: 'hrss-gx',
    effective_at: at, created_at: at, reasonText, values: null, seal: (column, rowId, plain) => ctx.crypto.encrypt('decision', column, rowId, plain)
  })
  if (decision === 'correct') {
    await insertCorrection(ctx.db, {
      id, itemId: task.item_id!, applicationId: task.application_id, createdBy: 'hrss-gx', at, materials: [],
      fields: [{ path: '/common/person/mobile', reasonCode: 'FIELD_INCORRECT', text: '请核对' }]
    })
  }
  return id
}
