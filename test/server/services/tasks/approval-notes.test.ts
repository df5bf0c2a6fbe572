import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import type { Knex } from 'knex'
import type { ServerContext } from '../../../../server/context.ts'
import { addReasons } from '../../../../server/db/items.ts'
import { insertOriginalCheck } from '../../../../server/db/material-checks.ts'
import { approvalNotes } from '../../../../server/services/tasks/approval-notes.ts'
import { onBothDatabases } from '../../../support/databases.ts'
import { submittedCase, testContext } from '../../support/case-context.ts'
import { openWorkItem } from '../../support/task.ts'

onBothDatabases('services/tasks/approval-notes', database => {
  let db: Knex
  let ctx: ServerContext
  before(async () => {
    db = await database.openMigrated()
    ctx = testContext(db)
  })

  const taskOf = async (slug: string) => {
    const one = await submittedCase(ctx, { matters: [slug] })
    return { one, task: await openWorkItem(ctx, { application_id: one.id, item_id: one.item(slug), slug }) }
  }
  const seen = (applicationId: string, code: string) => insertOriginalCheck(db, {
    id: randomUUID(), application_id: applicationId, code, way: 'window', note_enc: null, checked_by: 'window-gx', checked_at: ctx.clock.now()
  })

  it('name the material that is missing, until its original was seen', async () => {
    const { one, task } = await taskOf('resident-pension')
    expect(await approvalNotes(ctx, task)).to.deep.equal({ unsettled: ['household-book:to-upload'] })
    await seen(one.id, 'household-book')
    expect(await approvalNotes(ctx, task)).to.deep.equal({})
  })

  it('name the findings against which it is', async () => {
    const { one, task } = await taskOf('flexible-pension')
    expect(await approvalNotes(ctx, task)).to.deep.equal({})
    await addReasons(db, one.item('flexible-pension'), [
      { code: 'IS_STUDENT', message: '登记为在校学生', source: 'department' }, { code: 'FIELD_MISSING', message: '旧', source: 'clerk' }
    ], ctx.clock.now())
    expect(await approvalNotes(ctx, task)).to.deep.equal({ overrides: ['IS_STUDENT'] })
  })
})
