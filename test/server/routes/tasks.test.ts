import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import type { ApiClient } from '../../../scripts/client.ts'
import { RetryableError } from '../../../core/errors.ts'
import type { Actor } from '../../../server/auth/actor.ts'
import { verifyChain } from '../../../server/db/audit.ts'
import { claimOutbox } from '../../../server/db/outbox.ts'
import { saveProfile } from '../../../server/db/people.ts'
import { findWorkItem } from '../../../server/db/work-items.ts'
import { accountKey } from '../../../server/services/person-keys.ts'
import { onBothDatabases } from '../../support/databases.ts'
import { staff, startPublicServer } from '../../support/public-server.ts'
import type { PublicServer } from '../../support/public-server.ts'
import type { TestCase } from '../support/case-context.ts'
import { submittedCase } from '../support/case-context.ts'
import { openWorkItem } from '../support/task.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- answers are read as they come */

const clerkOf = (account: string, more: Partial<Actor> = {}): Actor => staff('clerk', account, { department: 'hrss', division: '450103', ...more })

onBothDatabases('routes/tasks', database => {
  let server: PublicServer
  let clerk: ApiClient
  let colleague: ApiClient
  let mirrored: unknown[][]
  let engine: Record<string, unknown>

  before(async () => {
    server = await startPublicServer({ db: await database.openMigrated(), env: { DECISION_UNDO_SECONDS: '10' } })
    engine = server.ctx.engine as never
    clerk = await server.as(clerkOf('hrss-gx'))
    colleague = await server.as(clerkOf('hrss-gx-colleague'))
    await saveProfile(server.ctx, accountKey(server.ctx.crypto, 'hrss-gx'), { account: 'hrss-gx', name: '韦立新', person: null }, 1)
  })
  after(() => server.stop())
  beforeEach(async () => {
    mirrored = []
    engine.assignTask = async (...given: unknown[]) => { mirrored.push(given); return 'done' }
    engine.endedTask = async () => undefined
    for (const table of ['decision', 'correction', 'outbox', 'work_item']) await server.ctx.db(table).delete()
  })

  async function reviewTask(more = {}): Promise<{ id: string; one: TestCase }> {
    const one = await submittedCase(server.ctx, { matters: ['resident-pension'] })
    const due = Date.parse('2026-03-27T23:59:59.999+08:00')
    const { id } = await openWorkItem(server.ctx, {
      application_id: one.id, item_id: one.item('resident-pension'), slug: 'resident-pension', due_at: due, ...more
    })
    return { id, one }
  }
  const list = async (client: ApiClient, query = 'queue=all') => (await client.get(`tasks?${query}`)).tasks as any[]
  const codeOf = async (work: Promise<{ status: number; body: any }>) => {
    const { status, body } = await work
    return [status, body?.code]
  }

  it('shows a task exactly as the contract has it', async () => {
    const { id, one } = await reviewTask()
    const [shown] = await list(clerk)
    const { number } = await server.ctx.db('application').where({ id: one.id }).first()
    expect(await list(clerk)).to.deep.equal([{
      id, applicationId: one.id, itemId: one.item('resident-pension'), slug: 'resident-pension', title: '城乡居民基本养老保险参保登记', name: '审核', kind: 'review', department: 'hrss',
      division: '450103', divisionName: shown.divisionName, assignee: null, holder: null, createdAt: shown.createdAt, dueAt: '2026-03-27T23:59:59.999+08:00',
      remainingWorkingDays: 3, remaining: '剩3个工作日', sla: 'green', number, applicant: '韦*试', channel: 'online', delegatedFrom: null,
      updatedAt: shown.updatedAt, version: 1,
      decisions: [{ value: 'approve', label: '通过' }, { value: 'reject', label: '不予核定' }, { value: 'correct', label: '补正' }]
    }])
  })

  it('hides a task from every other desk, as if it did not exist', async () => {
    const { id } = await reviewTask()
    const strangers: Actor[] = [
      clerkOf('medical-gx', { department: 'medical' }), clerkOf('hrss-gx2', { division: '450200' }), clerkOf('hrss-nx', { region: 'ningxia' }),
      staff('window', 'window-gx', { department: 'window', division: '450103' })
    ]
    for (const actor of strangers) {
      const client = await server.as(actor)
      expect(await list(client), actor.account!).to.deep.equal([])
      for (const [method, path] of [['GET', ''], ['POST', '/claim'], ['POST', '/complete'], ['POST', '/undo'], ['POST', '/unclaim']] as const) {
        expect(await codeOf(client.send(method, `tasks/${id}${path}`, method === 'GET' ? undefined : { decision: 'approve' })), path).to.deep.equal([404, 'NOT_FOUND'])
      }
    }
    const citizen = await server.citizen(0)
    expect((await citizen.send('GET', 'tasks')).status).to.equal(403)
    expect((await server.anonymous.send('GET', 'tasks')).status).to.equal(401)
  })

  it('shows a window every window task of the region, a city all its districts', async () => {
    await reviewTask({ department: 'window', kind: 'pickup', division: '450200' })
    await reviewTask()
    expect(await list(await server.as(staff('window', 'window-gx', { department: 'window', division: '450103' })))).to.have.length(1)
    expect(await list(await server.as(clerkOf('hrss-city', { division: '450100' })))).to.have.length(1)
  })

  it('gives a task to one of many who take it at once, and names the holder to the others', async () => {
    const { id } = await reviewTask()
    const others = await Promise.all(Array.from({ length: 6 }, (_, index) => server.as(clerkOf(`clerk-${index}`))))
    const answers = await Promise.all(others.map(client => client.send('POST', `tasks/${id}/claim`, {})))
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 409, 409, 409, 409, 409])
    const holder = answers.find(({ status }) => status === 200)!.body.assignee
    for (const { status, body } of answers) if (status === 409) expect([body.code, body.holder]).to.deep.equal(['TASK_CLAIMED', holder])
    expect(mirrored).to.deep.equal([[id, holder]])
  })

  it('names the holder as people know him, and lets him claim again and give back', async () => {
    const { id } = await reviewTask()
    expect((await clerk.post(`tasks/${id}/claim`, {})).assignee).to.equal('hrss-gx')
    expect((await clerk.post(`tasks/${id}/claim`, {})).assignee).to.equal('hrss-gx')
    const refused = await colleague.send('POST', `tasks/${id}/claim`, {})
    expect(refused.body).to.include({ status: 409, code: 'TASK_CLAIMED', holder: '韦立新' })
    expect(await codeOf(colleague.send('POST', `tasks/${id}/unclaim`, {}))).to.deep.equal([409, 'TASK_CLAIMED'])
    expect([(await list(clerk, 'queue=mine')).length, (await list(clerk, 'queue=group')).length, (await list(colleague, 'queue=all')).length]).to.deep.equal([1, 0, 1])
    expect((await clerk.post(`tasks/${id}/unclaim`, {})).assignee).to.equal(null)
    expect(mirrored).to.deep.equal([[id, 'hrss-gx'], [id, null]])
  })

  it('leaves a task free when the engine cannot be told, and ends one that is gone there', async () => {
    const { id } = await reviewTask()
    engine.assignTask = () => Promise.reject(new RetryableError('ENGINE_UNAVAILABLE'))
    expect(await codeOf(clerk.send('POST', `tasks/${id}/claim`, {}))).to.deep.equal([503, 'ENGINE_UNAVAILABLE'])
    expect((await findWorkItem(server.ctx.db, id))!.assignee).to.equal(null)
    engine.assignTask = () => Promise.resolve('gone')
    expect(await codeOf(clerk.send('POST', `tasks/${id}/claim`, {}))).to.deep.equal([409, 'TASK_GONE'])
    expect((await findWorkItem(server.ctx.db, id))!.state).to.equal('cancelled')
  })

  it('hands out the most urgent task, never one twice', async () => {
    const tasks = await Promise.all([500, 300, 400].map(due_at => reviewTask({ due_at })))
    const taken = await Promise.all([clerk, colleague, clerk].map(client => client.post('tasks/next', {})))
    expect(taken.map(({ id }) => id).sort()).to.deep.equal(tasks.map(({ id }) => id).sort())
    expect((await clerk.send('POST', 'tasks/next', {})).status).to.equal(204)
    const { id } = await reviewTask({ due_at: 100, slug: 'archive-transfer' })
    expect((await clerk.post('tasks/next', { filters: { slug: 'archive-transfer' } })).id).to.equal(id)
  })

  it('takes a decision once: audited, and told to the engine after the time to undo', async () => {
    const { id, one } = await reviewTask()
    await clerk.post(`tasks/${id}/claim`, {})
    const answers = await Promise.all([1, 2, 3].map(() => clerk.send('POST', `tasks/${id}/complete`, { decision: 'approve' })))
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 409, 409])
    for (const { status, body } of answers) if (status === 409) expect([body.code, body.detail]).to.deep.equal(['TASK_GONE', '该任务已由韦立新作出意见“通过”。'])
    const effectiveAt = Date.parse(answers.find(({ status }) => status === 200)!.body.effectiveAt)
    expect(Math.abs(effectiveAt - server.ctx.clock.now() - 10_000)).to.be.below(5000)
    const [row] = await server.ctx.db('outbox').where({ kind: 'complete-task' })
    expect(row.aggregate_id).to.equal(one.item('resident-pension'))
    expect(JSON.parse(row.payload)).to.deep.equal({ taskId: id, decision: 'approve' })
    expect(row.due_at - server.ctx.clock.realNow()).to.be.within(5000, 10_000)
    expect(await list(clerk)).to.deep.equal([])
    const events = await server.ctx.db('audit_event').where({ chain: one.id, type: 'task-decided' })
    expect(events).to.have.length(1)
    expect(events[0]).to.include({ actor_role: 'clerk', actor_id: 'hrss-gx', item_id: one.item('resident-pension') })
    const task = await server.ctx.db('work_item').where({ id }).first('process_definition_id', 'rule_id')
    expect(JSON.parse(events[0].data)).to.include({ processDefinition: task.process_definition_id, ruleId: task.rule_id })
    expect((await verifyChain(server.ctx.db, one.id)).isIntact).to.equal(true)
  })

  it('lets a decision be undone while nobody has been told, then decided otherwise', async () => {
    const { id } = await reviewTask()
    const correction = { fields: [{ path: '/common/person/mobile', reasonCode: 'unclear', text: '请核对' }], materials: [] }
    await clerk.post(`tasks/${id}/complete`, { decision: 'correct', correction })
    expect(await codeOf(colleague.send('POST', `tasks/${id}/undo`, {}))).to.deep.equal([403, 'FORBIDDEN'])
    expect((await clerk.post(`tasks/${id}/undo`, {})).assignee).to.equal('hrss-gx')
    expect(await server.ctx.db('outbox')).to.deep.equal([])
    expect((await server.ctx.db('correction').first()).status).to.equal('withdrawn')
    expect(await codeOf(clerk.send('POST', `tasks/${id}/undo`, {}))).to.deep.equal([409, 'UNDO_EXPIRED'])
    await clerk.post(`tasks/${id}/complete`, { decision: 'approve' })
    const now = server.ctx.clock.realNow() + 20_000
    await claimOutbox(server.ctx.db, { now, lockUntil: now + 1000, limit: 1 })
    expect(await codeOf(clerk.send('POST', `tasks/${id}/undo`, {}))).to.deep.equal([409, 'UNDO_EXPIRED'])
    expect((await findWorkItem(server.ctx.db, id))!.state).to.equal('decided')
  })

  it('asks for a correction item by item', async () => {
    const { id, one } = await reviewTask()
    await clerk.post(`tasks/${id}/complete`, {
      decision: 'correct', reasonCode: 'incomplete',
      correction: { fields: [{ path: '/items/resident-pension/paymentTier', reasonCode: 'unclear' }], materials: [{ code: 'photo', reasonCode: 'MATERIAL_MISSING', text: '缺' }] }
    })
    const stored = await server.ctx.db('correction').first()
    expect(stored).to.include({ item_id: one.item('resident-pension'), status: 'open', opened_at: null })
    expect(JSON.parse(stored.fields)).to.deep.equal([{ path: '/items/resident-pension/paymentTier', reasonCode: 'unclear', text: '' }])
    expect((await server.ctx.db('decision').first()).id).to.equal(stored.id)
  })

  it('refuses a decision that the task does not know, or that says too little', async () => {
    const { id } = await reviewTask()
    const bodies: [unknown, number, string][] = [
      [{ decision: 'handed-over' }, 422, 'DECISION_INVALID'],
      [{ decision: 'reject' }, 422, 'REASON_REQUIRED'],
      [{ decision: 'reject', reasonText: ' \n' }, 422, 'REASON_REQUIRED'],
      [{ decision: 'correct' }, 422, 'REASON_REQUIRED'],
      [{ decision: 'correct', reasonCode: 'X' }, 422, 'DECISION_INVALID'],
      [{ decision: 'correct', reasonCode: 'X', correction: { fields: [{ path: '/items/contribution/rows', reasonCode: 'X' }] } }, 422, 'DECISION_INVALID'],
      [{}, 400, 'REQUEST_INVALID'],
      [{ decision: '${x}' }, 400, 'REQUEST_INVALID']
    ]
    for (const [body, status, code] of bodies) {
      const answer = await clerk.send('POST', `tasks/${id}/complete`, body)
      expect([answer.status, answer.body.code], JSON.stringify(body)).to.deep.equal([status, code])
      expect(answer.body.fields, JSON.stringify(body)).to.be.an('array').and.not.empty
    }
    expect((await findWorkItem(server.ctx.db, id))!.state).to.equal('open')
    expect(await server.ctx.db('outbox')).to.deep.equal([])
  })

  it('takes a refusal for a reason in words alone, and keeps them sealed', async () => {
    const { id, one } = await reviewTask()
    expect((await clerk.post(`tasks/${id}/complete`, { decision: 'reject', reasonText: ' 已在外省参保 ' })).status).to.equal('decided')
    const { ctx } = server
    const { id: decision, reason_code, reason_text_enc } = await ctx.db('decision').where({ task_id: id }).first()
    expect([reason_code, ctx.crypto.decrypt('decision', 'reason_text_enc', decision, reason_text_enc)]).to.deep.equal([null, '已在外省参保'])
    expect(JSON.stringify([await ctx.db('outbox'), await ctx.db('audit_event').where({ chain: one.id })])).not.to.contain('外省')
  })

  it('lets nobody decide what another holds', async () => {
    const { id } = await reviewTask()
    await clerk.post(`tasks/${id}/claim`, {})
    expect(await codeOf(colleague.send('POST', `tasks/${id}/complete`, { decision: 'approve' }))).to.deep.equal([409, 'TASK_CLAIMED'])
  })

  it('keeps a draft for its holder alone, encrypted', async () => {
    const { id } = await reviewTask()
    expect(await codeOf(clerk.send('PUT', `tasks/${id}/draft`, { note: '待核' }))).to.deep.equal([409, 'TASK_NOT_CLAIMED'])
    await clerk.post(`tasks/${id}/claim`, {})
    await clerk.call('PUT', `tasks/${id}/draft`, { note: '待核' })
    expect((await findWorkItem(server.ctx.db, id))!.draft_enc).to.be.a('string').and.not.contain('待核')
    expect((await clerk.get(`tasks/${id}`)).draft).to.deep.equal({ note: '待核' })
    expect((await colleague.get(`tasks/${id}`)).draft).to.equal(null)
  })

  it('works through several at once, each for itself', async () => {
    const [mine, free] = [await reviewTask(), await reviewTask()]
    await colleague.post(`tasks/${mine.id}/claim`, {})
    const { results } = await clerk.post('tasks/bulk', { action: 'claim', taskIds: [mine.id, free.id, randomUUID()] })
    expect(results.map(({ status, code }: any) => [status, code])).to.deep.equal([['refused', 'TASK_CLAIMED'], ['done', undefined], ['refused', 'NOT_FOUND']])
  })

  it('pages without gap or double, and finds by number, mobile and colour', async () => {
    const ids: string[] = []
    for (let index = 0; index < 7; index++) ids.push((await reviewTask({ due_at: index < 3 ? 100 : null })).id)
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: any = await clerk.get(`tasks?queue=all&limit=3${cursor ? `&cursor=${cursor}` : ''}`)
      seen.push(...page.tasks.map(({ id }: any) => id))
      cursor = page.cursor
    }
    expect(seen.sort()).to.deep.equal(ids.sort())
    expect(await codeOf(clerk.send('GET', 'tasks?cursor=xyz'))).to.deep.equal([400, 'CURSOR_INVALID'])
    const one = await server.ctx.db('application').first()
    expect(await list(clerk, `queue=all&q=${one.number}`)).to.have.length.at.most(1)
    expect(await list(clerk, 'queue=all&q=nobody')).to.deep.equal([])
    expect(await list(clerk, 'queue=all&sla=yellow')).to.have.length(3)
    expect(await list(clerk, 'queue=all&sla=green')).to.have.length(4)
    expect(await codeOf(clerk.send('GET', 'tasks?sla=purple'))).to.deep.equal([400, 'REQUEST_INVALID'])
  })
})
