import { expect } from 'chai'
import { NEVER } from '../../../../core/dates.ts'
import { AppError } from '../../../../core/errors.ts'
import type { ServerContext } from '../../../../server/context.ts'
import { findIntervals, openInterval } from '../../../../server/db/clock-intervals.ts'
import { findItem } from '../../../../server/db/items.ts'
import { findApplication } from '../../../../server/db/applications.ts'
import { findWorkItem } from '../../../../server/db/work-items.ts'
import { wholeScope } from '../../../../server/services/papers/paper-scope.ts'
import { specialNotices } from '../../../../server/services/papers/special-notices.ts'
import { completeTask } from '../../../../server/services/tasks/complete-task.ts'
import { endSpecial, openSpecial, startSpecial } from '../../../../server/services/tasks/special-procedure.ts'
import { onBothDatabases } from '../../../support/databases.ts'
import { staff } from '../../../support/public-server.ts'
import type { TestCase } from '../../support/case-context.ts'
import { submittedCase, testContext } from '../../support/case-context.ts'
import { openWorkItem } from '../../support/task.ts'

const clerk = staff('clerk', 'hrss-gx', { department: 'hrss', division: '450103' })
const endOf = (day: string): number => Date.parse(`${day}T23:59:59.999+08:00`)

onBothDatabases('services/tasks/special-procedure', database => {
  let ctx: ServerContext
  let now = 0
  before(async () => { ctx = testContext(await database.openMigrated(), { real: () => now }) })
  beforeEach(() => { now = Date.parse('2026-03-24T10:00:00+08:00') })

  /** Two items accepted on Tuesday 24 March with three working days each, the first at a clerk's desk. */
  async function accepted(): Promise<{ one: TestCase; taskId: string; itemId: string }> {
    const one = await submittedCase(ctx, { matters: ['resident-pension', 'social-security-card'] })
    await ctx.db('application').where({ id: one.id }).update({ accepted_at: now, accepted_on: '2026-03-24' })
    const dates = { status: 'reviewing', deadline_kind: 'promised', promised_due: '2026-03-27', red_due: '2026-03-30' }
    await ctx.db('item').where({ application_id: one.id }).update(dates)
    for (const slug of ['resident-pension', 'social-security-card']) {
      await openInterval(ctx.db, { subjectId: one.item(slug), kind: 'running', startedOn: '2026-03-24' })
    }
    const itemId = one.item('resident-pension')
    const { id } = await openWorkItem(ctx, { application_id: one.id, item_id: itemId, slug: 'resident-pension', due_at: endOf('2026-03-27') })
    await ctx.db('work_item').where({ id }).update({ assignee: 'hrss-gx' })
    return { one, taskId: id, itemId }
  }
  const codeOf = (work: Promise<unknown>): Promise<string> =>
    work.then(() => 'done', (error: unknown) => (error instanceof AppError ? error.code : String(error)))
  const orders = (itemId: string) => ctx.db('outbox').where({ kind: 'set-clock-timers', aggregate_id: itemId }).orderBy('created_at').pluck('payload')

  it('stops the clock of its item alone and moves every date by the days that did not count', async () => {
    const { one, taskId, itemId } = await accepted()
    now += 86_400_000
    await startSpecial(ctx, clerk, taskId, { kind: 'appraisal', reason: '笔迹须鉴定' })
    expect(await openSpecial(ctx, (await findWorkItem(ctx.db, taskId))!)).to.deep.equal({ kind: 'appraisal', text: '鉴定', startedOn: '2026-03-25' })
    expect((await findWorkItem(ctx.db, taskId))!.due_at).to.equal(NEVER)
    expect(await codeOf(completeTask(ctx, clerk, taskId, { decision: 'approve' }))).to.equal('CLOCK_NOT_RUNNING')
    expect(await codeOf(completeTask(ctx, clerk, taskId, { decision: 'reject' })), 'the state before the content').to.equal('CLOCK_NOT_RUNNING')
    now = Date.parse('2026-03-30T10:00:00+08:00')
    await endSpecial(ctx, clerk, taskId)
    // 25 to 30 March do not count: Tuesday 31, 1 and 2 April are the three days.
    expect(await findItem(ctx.db, itemId)).to.include({ promised_due: '2026-04-02' })
    expect((await findWorkItem(ctx.db, taskId))!.due_at).to.equal(endOf('2026-04-02'))
    expect(await findItem(ctx.db, one.item('social-security-card')), 'the sibling').to.include({ promised_due: '2026-03-27', red_due: '2026-03-30' })
    const [stopped, resumed] = (await orders(itemId)).map(text => JSON.parse(text as string) as { promisedAt: number; redAt: number })
    expect([stopped!.promisedAt, stopped!.redAt]).to.deep.equal([NEVER, NEVER])
    expect(resumed!.promisedAt).to.equal(endOf('2026-04-02'))
    expect(await orders(one.item('social-security-card'))).to.deep.equal([])
  })

  it('waits for another department by a stop of its own kind', async () => {
    const { taskId, itemId } = await accepted()
    await startSpecial(ctx, clerk, taskId, { kind: 'other-department', reason: '征求税务部门意见' })
    expect((await findIntervals(ctx.db, itemId)).map(({ kind }) => kind)).to.have.members(['running', 'waiting'])
    now += 86_400_000
    await endSpecial(ctx, clerk, taskId)
    // 24 and 25 March do not count: 26, 27 and 30.
    expect(await findItem(ctx.db, itemId)).to.include({ promised_due: '2026-03-30' })
  })

  it('tells the applicant in writing, with kind, reason and clause', async () => {
    const { one, taskId } = await accepted()
    await startSpecial(ctx, clerk, taskId, { kind: 'hearing', reason: '利害关系人申请听证' })
    const scope = await wholeScope(ctx, (await findApplication(ctx.db, one.id))!)
    const [notice] = await specialNotices(scope)
    expect(notice).to.include({ kind: 'special', title: '特别程序告知书', slug: 'resident-pension' })
    const text = JSON.stringify(await notice!.blocks())
    for (const part of ['听证', '利害关系人申请听证', '行政许可法', '2026年3月24日']) expect(text).to.contain(part)
    expect(JSON.stringify(await ctx.db('clock_interval'))).to.not.contain('利害关系人')
  })

  it('refuses an unknown kind, a second stop, an end without one, and whoever does not hold the task', async () => {
    const { taskId } = await accepted()
    const start = (actor = clerk, kind = 'hearing') => codeOf(startSpecial(ctx, actor, taskId, { kind, reason: '听证' }))
    expect(await start(clerk, 'no-such-kind')).to.equal('SPECIAL_KIND_UNKNOWN')
    expect(await codeOf(endSpecial(ctx, clerk, taskId))).to.equal('CLOCK_NOT_RUNNING')
    expect(await start(staff('clerk', 'other', { department: 'hrss', division: '450103' }))).to.equal('TASK_CLAIMED')
    expect(await start()).to.equal('done')
    expect(await start()).to.equal('CLOCK_NOT_RUNNING')
  })
})
