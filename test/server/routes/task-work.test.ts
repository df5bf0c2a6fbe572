import { expect } from 'chai'
import { readFileSync } from 'node:fs'
import type { ApiClient } from '../../../scripts/client.ts'
import type { Actor } from '../../../server/auth/actor.ts'
import { verifyChain } from '../../../server/db/audit.ts'
import { saveProfile } from '../../../server/db/people.ts'
import { saveStaff } from '../../../server/db/staff.ts'
import { accountKey } from '../../../server/services/person-keys.ts'
import { onBothDatabases } from '../../support/databases.ts'
import { staff, startPublicServer } from '../../support/public-server.ts'
import type { PublicServer } from '../../support/public-server.ts'
import type { TestCase } from '../support/case-context.ts'
import { submittedCase } from '../support/case-context.ts'
import { decided, openWorkItem } from '../support/task.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- answers are read as they come */

const clerkOf = (account: string, more: Partial<Actor> = {}): Actor => staff('clerk', account, { department: 'hrss', division: '450103', ...more })

onBothDatabases('routes/task-work', database => {
  let server: PublicServer
  let clerk: ApiClient
  let colleague: ApiClient
  let mirrored: unknown[][]

  before(async () => {
    server = await startPublicServer({ db: await database.openMigrated() })
    const engine = server.ctx.engine as unknown as Record<string, unknown>
    engine.assignTask = async (...given: unknown[]) => { mirrored.push(given); return 'done' }
    engine.decisionDefinition = async (key: string) => ({ id: `${key}:1`, key, version: 1 })
    engine.decisionXml = async () => readFileSync('processes/guangxi/review.dmn', 'utf8')
    engine.processXml = async () => readFileSync('processes/guangxi/resident-pension.bpmn', 'utf8')
    clerk = await server.as(clerkOf('hrss-gx'))
    colleague = await server.as(clerkOf('hrss-gx-colleague'))
    for (const [account, more] of [['hrss-gx', {}], ['hrss-gx-colleague', {}], ['hrss-gx2', { division: '450200' }], ['medical-gx', { department: 'medical' }]] as const) {
      await saveStaff(server.ctx.db, { account, region: 'guangxi', roles: ['clerk'], department: 'hrss', division: '450103', ...more }, 1)
    }
    await saveProfile(server.ctx, accountKey(server.ctx.crypto, 'hrss-gx-colleague'), { account: 'hrss-gx-colleague', name: '覃小兰', person: null }, 1)
  })
  after(() => server.stop())
  beforeEach(async () => {
    mirrored = []
    for (const table of ['task_remark', 'verdict', 'desk_view', 'correction', 'decision', 'outbox', 'work_item']) await server.ctx.db(table).delete()
  })

  async function reviewTask(more = {}, channel: 'online' | 'window' = 'online'): Promise<{ id: string; one: TestCase }> {
    const one = await submittedCase(server.ctx, { matters: ['resident-pension', 'resident-medical'], channel })
    const { id } = await openWorkItem(server.ctx, {
      application_id: one.id, item_id: one.item('resident-pension'), slug: 'resident-pension', due_at: Date.parse('2026-03-27T23:59:59.999+08:00'),
      rule_id: 'review-resident-pension', ...more
    })
    return { id, one }
  }
  const idsIn = async (query: string, client = clerk): Promise<string[]> => (await client.get(`tasks?${query}`)).tasks.map(({ id }: any) => id)
  const codeOf = async (work: Promise<{ status: number; body: any }>) => {
    const { status, body } = await work
    return [status, body?.code]
  }

  it('sorts the tasks into queues that count what they show', async () => {
    const at = (day: string): number => Date.parse(`${day}T23:59:59.999+08:00`)
    const today = await reviewTask({ due_at: at('2026-03-24') })
    const late = await reviewTask({ due_at: at('2026-03-20') })
    const counter = await reviewTask({ created_at: server.ctx.clock.now() }, 'window')
    await reviewTask({ created_at: at('2026-03-01') }, 'window')
    const pickup = await reviewTask({ kind: 'pickup' })
    const returned = await reviewTask()
    await decided(server.ctx, (await server.ctx.db('work_item').where({ id: returned.id }).first())!, 'correct')
    await server.ctx.db('work_item').where({ id: returned.id }).update({ state: 'completed' })
    expect(await idsIn('queue=counter')).to.deep.equal([counter.id])
    expect(await idsIn('queue=soon')).to.deep.equal([today.id])
    expect(await idsIn('queue=overdue')).to.deep.equal([late.id])
    expect(await idsIn('queue=pickup')).to.deep.equal([pickup.id])
    expect(await idsIn('queue=correcting')).to.deep.equal([returned.id])
    const { counts } = await clerk.get('tasks/counts')
    expect(counts).to.deep.equal({ counter: 1, mine: 0, group: 5, all: 5, soon: 1, overdue: 1, correcting: 1, pickup: 1, asked: 0 })
    const stranger = await server.as(clerkOf('hrss-gx2', { division: '450200' }))
    expect(Object.values((await stranger.get('tasks/counts')).counts).every(count => count === 0)).to.equal(true)
    const rows = (await clerk.get('tasks?queue=all')).tasks
    expect(rows.map(({ remaining, sla }: any) => [remaining, sla])).to.deep.equal([
      ['超期2日', 'yellow'], ['今日到期', 'warn'], ['剩3个工作日', 'green'], ['剩3个工作日', 'green'], ['剩3个工作日', 'green']
    ])
    expect(rows[0]).to.include({ applicant: '韦*试', channel: 'online' })
  })

  it('warns as the board and the timers do: what is done at once two hours before the end, what follows a free day before it', async () => {
    const at = (day: string): number => Date.parse(`${day}T23:59:59.999+08:00`)
    const immediate = await reviewTask({ due_at: at('2026-03-24') })
    await server.ctx.db('item').where({ id: immediate.one.item('resident-pension') }).update({ deadline_kind: 'immediate' })
    const monday = await reviewTask({ due_at: at('2026-03-30') })
    const seenAt = async (instant: string): Promise<unknown> => {
      server.ctx.clock.set(instant)
      const colours = (await clerk.get('tasks?queue=all')).tasks.map(({ id, sla }: any) => [id, sla])
      for (const sla of ['green', 'warn', 'yellow']) {
        expect(await idsIn(`queue=all&sla=${sla}`), `${instant} ${sla}`).to.deep.equal(colours.filter((one: string[]) => one[1] === sla).map(([id]: string[]) => id))
      }
      expect(await idsIn('queue=soon'), instant).to.deep.equal(colours.filter((one: string[]) => one[1] === 'warn').map(([id]: string[]) => id))
      return [immediate, monday].map(({ id }) => colours.find((one: string[]) => one[0] === id)[1])
    }
    const { offset } = server.ctx.clock
    try {
      expect(await seenAt('2026-03-24T10:00:00+08:00')).to.deep.equal(['green', 'green'])
      expect(await seenAt('2026-03-24T22:30:00+08:00')).to.deep.equal(['warn', 'green'])
      expect(await seenAt('2026-03-28T10:00:00+08:00'), 'on the Saturday before').to.deep.equal(['yellow', 'warn'])
    } finally {
      server.ctx.clock.setOffset(offset)
    }
  })

  it('filters by channel and division', async () => {
    const online = await reviewTask()
    const window = await reviewTask({}, 'window')
    expect(await idsIn('queue=all&channel=window')).to.deep.equal([window.id])
    expect(await idsIn('queue=all&channel=online&division=450103')).to.deep.equal([online.id])
    expect(await idsIn('queue=all&division=450200')).to.deep.equal([])
  })

  it('hands a task to a colleague for good, or lends it', async () => {
    const { id, one } = await reviewTask()
    expect((await clerk.get(`tasks/${id}/colleagues`)).colleagues).to.deep.equal([{ account: 'hrss-gx-colleague', name: '覃小兰' }])
    await clerk.post(`tasks/${id}/claim`, {})
    for (const to of ['hrss-gx2', 'medical-gx', 'nobody', 'hrss-gx']) {
      expect(await codeOf(clerk.send('POST', `tasks/${id}/transfer`, { to })), to).to.deep.equal([422, 'COLLEAGUE_UNKNOWN'])
    }
    expect(await codeOf(colleague.send('POST', `tasks/${id}/transfer`, { to: 'hrss-gx-colleague' }))).to.deep.equal([409, 'TASK_CLAIMED'])
    expect(await clerk.post(`tasks/${id}/delegate`, { to: 'hrss-gx-colleague', reason: '外出' })).to.include({ assignee: 'hrss-gx-colleague', delegatedFrom: 'hrss-gx' })
    expect(await colleague.post(`tasks/${id}/unclaim`, {})).to.include({ assignee: 'hrss-gx', delegatedFrom: null })
    expect(await clerk.post(`tasks/${id}/transfer`, { to: 'hrss-gx-colleague' })).to.include({ assignee: 'hrss-gx-colleague', delegatedFrom: null })
    expect((await colleague.post(`tasks/${id}/unclaim`, {})).assignee).to.equal(null)
    expect(mirrored.map(([, holder]) => holder)).to.deep.equal(['hrss-gx', 'hrss-gx-colleague', 'hrss-gx', 'hrss-gx-colleague', null])
    const events = await server.ctx.db('audit_event').where({ chain: one.id }).orderBy('seq')
    expect(events.map(({ type }: any) => type)).to.deep.equal(['task-claimed', 'task-delegated', 'task-unclaimed', 'task-transferred', 'task-unclaimed'])
    expect((await verifyChain(server.ctx.db, one.id)).isIntact).to.equal(true)
  })

  it('asks a colleague for an opinion, who finds the question in a queue of its own and answers once', async () => {
    const { id } = await reviewTask()
    await clerk.post(`tasks/${id}/consult`, { to: 'hrss-gx-colleague', question: '批文是否有效？' })
    expect(await idsIn('queue=asked', colleague)).to.deep.equal([id])
    expect(await codeOf(clerk.send('POST', `tasks/${id}/opinion`, { text: '有效' }))).to.deep.equal([409, 'NO_OPINION_ASKED'])
    await colleague.send('POST', `tasks/${id}/opinion`, { text: '有效' })
    expect(await idsIn('queue=asked', colleague)).to.deep.equal([])
    await clerk.post(`tasks/${id}/notes`, { text: '已电话核实' })
    const { remarks } = await clerk.get(`tasks/${id}/dossier`)
    expect(remarks.map(({ kind, text, to, isAnswered }: any) => [kind, text, to, isAnswered])).to.have.deep.members([
      ['question', '批文是否有效？', '覃小兰', true], ['opinion', '有效', null, false], ['note', '已电话核实', null, false]
    ])
    expect((await server.ctx.db('task_remark').first()).text_enc).to.not.contain('有效')
  })

  it('shows the case around a task: every item, why it lies here, and the own part of the form with masks', async () => {
    const { id } = await reviewTask()
    const dossier = await clerk.get(`tasks/${id}/dossier`)
    expect(dossier.items.map(({ slug, department }: any) => [slug, department])).to.deep.equal([['resident-pension', 'hrss'], ['resident-medical', 'medical']])
    expect(dossier.sections.map(({ key }: any) => key)).to.deep.equal(['common', 'resident-pension'])
    const fields = new Map(dossier.sections[0].fields.map((field: any) => [field.path, field]))
    expect(fields.get('/common/person/name')).to.deep.include({ text: '韦*试' })
    expect(fields.get('/common/person/idType')).to.deep.include({ text: '居民身份证' })
    expect(JSON.stringify(dossier)).to.not.contain('450103199008160244').and.not.contain('13877101001')
    expect(dossier.why.rule).to.deep.include({ ruleId: 'review-resident-pension', description: '居民养老参保登记须由人力资源社会保障部门人员查验户口簿和特殊对象材料' })
    expect(dossier.why.rule.clause).to.contain('居民户口簿，验原件')
    expect(dossier.why.rule.conditions).to.deep.equal([{ label: '事项', text: '"resident-pension"' }])
    expect(dossier.why.instruction).to.contain('办事指南')
    const stranger = await server.as(clerkOf('medical-gx', { department: 'medical' }))
    for (const [method, path] of [['GET', 'dossier'], ['GET', 'diagram.svg'], ['GET', 'colleagues'], ['POST', 'reveal'], ['POST', 'verdicts']] as const) {
      expect(await codeOf(stranger.send(method, `tasks/${id}/${path}`, method === 'POST' ? {} : undefined)), path).to.deep.equal([404, 'NOT_FOUND'])
    }
  })

  it('shows the whole form to the holder who says what for, and notes it', async () => {
    const { id, one } = await reviewTask()
    expect(await codeOf(clerk.send('POST', `tasks/${id}/reveal`, { purpose: '核对证件' }))).to.deep.equal([409, 'TASK_NOT_CLAIMED'])
    await clerk.post(`tasks/${id}/claim`, {})
    expect((await clerk.send('POST', `tasks/${id}/reveal`, { purpose: ' ' })).status).to.equal(400)
    const { sections } = await clerk.post(`tasks/${id}/reveal`, { purpose: '核对证件' })
    expect(JSON.stringify(sections)).to.contain('450103199008160244')
    expect(sections.map(({ key }: any) => key)).to.deep.equal(['common', 'resident-pension'])
    const events = await server.ctx.db('audit_event').where({ chain: one.id, type: 'personal-data-viewed' })
    expect(events).to.have.length(1)
    expect(server.ctx.crypto.decrypt('audit_event', 'text_enc', events[0].id, events[0].text_enc)).to.equal('核对证件')
  })

  it('shows the notice that a decision would send, in its own words, and keeps nothing of it', async () => {
    const { id, one } = await reviewTask()
    const before = await server.ctx.db('audit_event').where({ chain: one.id })
    const wordsOf = async (order: object): Promise<string> => {
      const { title, issuer, blocks } = await clerk.post(`tasks/${id}/notice`, order)
      return [title, issuer, ...blocks.flatMap(({ text, rows }: any) => [text, ...(rows ?? []).flat()])].join(' ')
    }
    expect(await wordsOf({ kind: 'rejected', reasonCode: 'NOT_ELIGIBLE', reasonText: '已参加职工养老' }))
      .to.match(/^不予核定告知书 .*城乡居民基本养老保险参保登记.*已参加职工养老.*行政复议/)
    expect(await wordsOf({
      kind: 'correction',
      correction: { fields: [{ path: '/common/person/mobile', reasonCode: 'FIELD_INCORRECT', text: '号码停机' }], materials: [] }
    })).to.match(/^补正通知书 .*需要补正。请在.*前（含当日）补正.*填写内容：.*联系电话.*号码停机/)
    expect(await wordsOf({ kind: 'special', special: 'hearing', reasonText: '申请人要求听证' })).to.match(/^特别程序告知书 .*听证.*原因：申请人要求听证 依据：/)
    expect(await wordsOf({ kind: 'special' })).to.contain('……')
    expect(await server.ctx.db('audit_event').where({ chain: one.id })).to.have.length(before.length)
    expect(await server.ctx.db('correction')).to.deep.equal([])
    expect((await clerk.send('POST', `tasks/${id}/notice`, { kind: 'praise' })).status).to.equal(400)
  })

  it('keeps a verdict on a field as evidence; the latest counts', async () => {
    const { id, one } = await reviewTask()
    const give = (more: object) => clerk.send('POST', `tasks/${id}/verdicts`, { subject: '/common/person/mobile', verdict: 'right', ...more })
    expect(await codeOf(give({}))).to.deep.equal([409, 'TASK_NOT_CLAIMED'])
    await clerk.post(`tasks/${id}/claim`, {})
    expect((await give({})).status).to.equal(204)
    await server.ctx.db('verdict').update({ created_at: 1 })
    await give({ verdict: 'wrong', reasonCode: 'FIELD_INCORRECT', text: '号码停机' })
    await give({ subject: 'material:photo' })
    const { verdicts } = await clerk.get(`tasks/${id}/dossier`)
    expect(verdicts.map(({ subject, verdict, text }: any) => [subject, verdict, text])).to.have.deep.members([
      ['/common/person/mobile', 'wrong', '号码停机'], ['material:photo', 'right', '']
    ])
    expect(await server.ctx.db('verdict')).to.have.length(3)
    expect(await server.ctx.db('audit_event').where({ chain: one.id, type: 'verdict-given' })).to.have.length(3)
  })

  it('saves a list for oneself or for the department, with the number in it now', async () => {
    await reviewTask()
    await clerk.post('tasks/views', { name: '养老待领', filters: { queue: 'group', slug: 'resident-pension' }, isShared: true })
    const { id } = await clerk.post('tasks/views', { name: '我的急件', filters: { queue: 'mine', sla: 'red' } })
    expect((await clerk.get('tasks/views')).views.map(({ name, count }: any) => [name, count])).to.have.deep.members([['养老待领', 1], ['我的急件', 0]])
    expect((await colleague.get('tasks/views')).views.map(({ name, isMine }: any) => [name, isMine])).to.deep.equal([['养老待领', false]])
    expect((await clerk.send('POST', 'tasks/views', { name: 'x', filters: { q: '韦测试' } })).status).to.equal(400)
    expect((await colleague.send('DELETE', `tasks/views/${id}`)).status).to.equal(404)
    expect((await clerk.send('DELETE', `tasks/views/${id}`)).status).to.equal(204)
  })

  it('draws the process with the place of the task', async () => {
    const { id } = await reviewTask()
    const { body, status } = await clerk.send('GET', `tasks/${id}/diagram.svg`)
    expect(status).to.equal(200)
    expect(String(body)).to.contain('当前环节')
  })
})
