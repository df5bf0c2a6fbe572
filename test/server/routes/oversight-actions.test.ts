import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import type { Knex } from 'knex'
import type { ApiClient } from '../../../scripts/client.ts'
import { updateItem } from '../../../server/db/items.ts'
import type { Item } from '../../../server/db/items.ts'
import { saveStaff } from '../../../server/db/staff.ts'
import { onBothDatabases } from '../../support/databases.ts'
import { confirmed, draftOf, staff, startPublicServer } from '../../support/public-server.ts'
import type { PublicServer } from '../../support/public-server.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- answers of the interface are read as they come */

const PDF = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF')

onBothDatabases('routes/oversight-actions', database => {
  let server: PublicServer
  let db: Knex
  let supervisor: ApiClient
  let clerk: ApiClient
  let next = 0

  before(async () => {
    db = await database.openMigrated()
    server = await startPublicServer({ db })
    supervisor = await server.as(staff('supervisor', 'supervisor-gx'))
    clerk = await server.as(staff('clerk', 'hrss-gx', { department: 'hrss', division: '450103' }))
  })
  after(() => server.stop())

  /** An item past its promise, as of 24 March 2026, a Tuesday; the hrss desk of 青秀区 has it. */
  const lateItem = async (patch: Partial<Item> = {}): Promise<{ id: string; item: string; number: string }> => {
    const citizen = await server.citizen(next++)
    const id = await draftOf(citizen, ['resident-pension'])
    const { number } = await citizen.call('POST', `applications/${id}/submit`, confirmed(['resident-pension']))
    const [item] = await db<Item>('item').where({ application_id: id })
    await updateItem(db, item!.id, { status: 'reviewing', deadline_kind: 'promised', promised_due: '2026-03-19', red_due: '2026-03-23', ...patch }, server.ctx.clock.now())
    return { id, item: item!.id, number }
  }
  const badRating = async (one: { id: string; item: string }, level = 5): Promise<string> => {
    const id = randomUUID()
    const at = server.ctx.clock.now()
    await db('rating').insert({ id, application_id: one.id, item_id: one.item, level, reasons: '[]', text_enc: null, created_at: at, open_since: at })
    return id
  }
  const proposals = async (as: ApiClient): Promise<any[]> => (await as.get('sla/actions/proposals')).proposals
  const send = (body: object) => supervisor.call('POST', 'sla/actions', { text: '请整改', ...body })
  const upload = (action: string, bytes: Buffer, name: string): Promise<Response> => {
    const form = new FormData()
    form.set('file', new Blob([new Uint8Array(bytes)]), name)
    return fetch(`${server.url}/api/v1/sla/actions/${action}/proof`, { method: 'POST', headers: { cookie: clerk.cookie!, 'x-requested-with': 'fetch' }, body: form })
  }

  it('previews each rung of the region in its words, with its day, and names the one that is next', async () => {
    const one = await lateItem()
    const first = await supervisor.get(`sla/actions/draft?itemId=${one.item}`)
    expect([first.department, first.division, first.suggested]).to.deep.equal(['hrss', '450103', 'remind'])
    expect(first.rungs.map(({ level, deadline, needsProof }: any) => [level, deadline, needsProof])).to.deep.equal([
      ['remind', '2026-03-25', false], ['supervise', '2026-03-27', false], ['circulate', '2026-03-31', false],
      ['plate', '2026-04-15', true], ['rectify', '2026-04-08', true]
    ])
    expect(first.rungs[1].text).to.equal(`办件 ${one.number}“城乡居民基本养老保险参保登记”：承诺 2026-03-19 前办结，已超 3 个工作日，已亮红牌。`
      + '请说明原因、抓紧办理，并于 2026-03-27 前书面答复。')
    expect((await supervisor.get('sla/actions')).actions).to.deep.equal([])
    await send({ level: 'remind', itemId: one.item })
    expect((await supervisor.get(`sla/actions/draft?itemId=${one.item}`)).suggested).to.equal('supervise')
    await send({ level: 'rectify', itemId: one.item })
    expect((await supervisor.get(`sla/actions/draft?itemId=${one.item}`)).suggested).to.equal('rectify')
    const whole = await supervisor.get('sla/actions/draft?department=hrss&division=450103')
    expect(whole.rungs[0].text).to.contain('南宁市青秀区人力资源社会保障部门：有事项未按承诺时限办理')
  })

  it('hangs a plate only where the region does', async () => {
    expect((await send({ level: 'plate', department: 'hrss' })).levelText).to.equal('挂牌督办')
    const ningxia = await server.as(staff('supervisor', 'supervisor-nx', { region: 'ningxia' }))
    const answer = await ningxia.send('POST', 'sla/actions', { level: 'plate', department: 'hrss', text: '限期' })
    expect([answer.status, answer.body.fields[0].path]).to.deep.equal([422, '/level'])
    expect((await ningxia.get('sla/actions/draft?department=hrss')).rungs.map(({ level }: any) => level)).to.not.include('plate')
  })

  it('proposes an open bad rating and an opinion until an action takes it up, and fills the action from it', async () => {
    const one = await lateItem()
    const rating = await badRating(one)
    await badRating(await lateItem({ division: '450200' }), 4)
    const nanning = await server.as(staff('supervisor', 'supervisor-gx-nanning', { division: '450100' }))
    expect((await proposals(supervisor)).filter(({ kind }) => kind === 'rating')).to.have.length(2)
    const [proposed] = (await proposals(nanning)).filter(({ kind }) => kind === 'rating')
    expect(proposed).to.include({ id: rating, applicationId: one.id, text: '申请人评价“非常不满意”，尚未回复' })
    const draft = await nanning.get(`sla/actions/draft?source=rating&sourceId=${rating}`)
    expect(draft).to.include({ itemId: one.item, department: 'hrss', suggested: 'supervise' })
    const sent = await nanning.call('POST', 'sla/actions', { level: 'supervise', text: draft.rungs[1].text, source: { kind: 'rating', id: rating } })
    expect(sent).to.include({ applicationId: one.id, itemId: one.item, department: 'hrss', division: '450103' })
    expect((await proposals(nanning)).filter(({ kind }) => kind === 'rating')).to.deep.equal([])
    const { events } = await supervisor.get(`audit?applicationId=${one.id}&type=oversight-action-sent`)
    expect(events[0].data).to.include({ source: 'rating', sourceId: rating })

    const citizen = await server.citizen(next++)
    const { id } = await citizen.call('POST', 'feedback', { text: '窗口排队太久', region: 'guangxi', department: 'medical', division: '450103' })
    const [opinion] = (await proposals(supervisor)).filter(({ kind }) => kind === 'feedback')
    expect(opinion).to.include({ id, subject: '南宁市青秀区医保部门' })
    expect(JSON.stringify(opinion)).to.not.contain('排队')
    const taken = await send({ level: 'remind', source: { kind: 'feedback', id } })
    expect(taken).to.include({ department: 'medical', division: '450103' })
    const stranger = await nanning.send('GET', `sla/actions/draft?source=rating&sourceId=${randomUUID()}`)
    expect(stranger.status).to.equal(404)
  })

  it('proposes the rung above when an answer is overdue', async () => {
    const one = await lateItem()
    const sent = await send({ level: 'supervise', itemId: one.item })
    expect((await proposals(supervisor)).some(({ id }) => id === sent.id)).to.equal(false)
    await db('oversight_action').where({ id: sent.id }).update({ deadline: '2026-03-23' })
    expect((await proposals(supervisor)).find(({ id }) => id === sent.id).text).to.equal('2026-03-24 发出的督办应于 2026-03-23 前答复，至今没有答复')
    const draft = await supervisor.get(`sla/actions/draft?source=action&sourceId=${sent.id}`)
    expect(draft).to.include({ itemId: one.item, suggested: 'circulate' })
  })

  it('takes an answer to 整改 only with proof, and its check reopens or closes it', async () => {
    const sent = await send({ level: 'rectify', department: 'hrss', division: '450103' })
    const bare = await clerk.send('POST', `sla/actions/${sent.id}/answer`, { text: '已整改' })
    expect([bare.status, bare.body.fields[0].path]).to.deep.equal([422, '/proof'])
    expect(await clerk.call('POST', `sla/actions/${sent.id}/answer`, { text: '已整改', proof: '整改报告第 3 号' })).to.include({ proof: '整改报告第 3 号' })
    const again = await supervisor.call('POST', `sla/actions/${sent.id}/check`, { isSettled: false, remark: '请附现场照片' })
    expect(again).to.include({ state: 'sent', round: 2, deadline: '2026-04-08', remark: '请附现场照片' })
    expect((await clerk.get('sla/actions')).actions.find(({ id }: any) => id === sent.id).remark).to.equal('请附现场照片')

    expect((await upload(sent.id, Buffer.from('no file'), 'a.pdf')).status).to.equal(415)
    const kept = await upload(sent.id, PDF, 'report.pdf')
    expect([kept.status, (await kept.json() as any).fileName]).to.deep.equal([201, 'report.pdf'])
    await clerk.call('POST', `sla/actions/${sent.id}/answer`, { text: '照片见附件' })
    expect((await upload(sent.id, PDF, 'late.pdf')).status).to.equal(409)
    const file = await fetch(`${server.url}/api/v1/sla/actions/${sent.id}/proof`, { headers: { cookie: supervisor.cookie! } })
    expect(Buffer.from(await file.arrayBuffer()).equals(PDF)).to.equal(true)
    const stranger = await server.as(staff('clerk', 'medical-gx', { department: 'medical', division: '450103' }))
    expect((await stranger.send('GET', `sla/actions/${sent.id}/proof`)).status).to.equal(404)
    expect((await supervisor.call('POST', `sla/actions/${sent.id}/check`, { isSettled: true })).state).to.equal('closed')
    expect(JSON.stringify(await db('oversight_action').where({ id: sent.id }))).to.not.match(/报告|照片|report/)
  })

  it('goes to no clerk of another division', async () => {
    await saveStaff(db, { account: 'hrss-gx2', region: 'guangxi', roles: ['clerk'], department: 'hrss', division: '450200' }, 1)
    const nanning = await server.as(staff('supervisor', 'supervisor-gx-nanning', { division: '450100' }))
    const answer = await nanning.send('POST', 'sla/actions', { level: 'remind', department: 'hrss', clerk: 'hrss-gx2', text: '请办' })
    expect([answer.status, answer.body.fields[0].path]).to.deep.equal([422, '/clerk'])
  })
})
