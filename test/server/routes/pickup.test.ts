import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import type { ApiClient } from '../../../scripts/client.ts'
import { updateItem } from '../../../server/db/items.ts'
import { addWorkItems } from '../../../server/db/work-items.ts'
import { confirmed, draftOf, people, staff, startPublicServer } from '../../support/public-server.ts'
import type { PublicServer } from '../../support/public-server.ts'
import { pdfText } from '../documents/papers/pdf-text.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- answers of the interface are read as they come */

const PIXEL = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const cardOf = (index: number): string => `${people[index]!.name}|${String(people[index]!.person.idNumber)}`

describe('routes/pickup', () => {
  let server: PublicServer
  let window: ApiClient

  before(async () => {
    server = await startPublicServer()
    window = await server.as(staff('window', 'window-gx', { department: 'window', division: '450103' }))
  })
  after(() => server.stop())

  /** A case of a citizen whose result lies ready at the counter. */
  const ready = async (index: number, agent: Record<string, unknown> | null = null, kind = 'pickup'): Promise<{ id: string; task: string; item: string }> => {
    const citizen = await server.citizen(index)
    const id = await draftOf(citizen, ['flexible-pension'], draft => {
      draft.items['flexible-pension']!.delivery = { method: 'window' }
      draft.agent = agent
    })
    await citizen.call('POST', `applications/${id}/submit`, confirmed(['flexible-pension']))
    const [{ id: item }] = await server.ctx.db('item').where({ application_id: id })
    await updateItem(server.ctx.db, item, { status: 'approved', outcome: 'approved', decided_at: server.ctx.clock.now(), receipt_number: 'HR-1' }, 1)
    const task = randomUUID()
    await addWorkItems(server.ctx.db, [{
      id: task, application_id: id, item_id: null, row_id: null, region: 'guangxi', slug: null, department: 'window', division: null,
      name: '窗口当面交付', kind, activity_id: 'Task_HandOver', process_definition_id: 'd', process_instance_id: 'i',
      decisions: JSON.stringify([{ value: 'handed-over', label: '已当面交付' }]), due_at: null, created_at: 1, rule_id: null
    }], 1)
    return { id, task, item }
  }
  const checks = async (id: string): Promise<any[]> =>
    (await server.ctx.db('audit_event').where({ chain: id, type: 'identity-checked' }).orderBy('seq')).map(({ data }: any) => JSON.parse(data))
  const pdf = async (path: string): Promise<string> => {
    const response = await fetch(`${server.url}/api/v1/${path}`, { headers: { cookie: window.cookie } })
    expect(response.status, path).to.equal(200)
    return pdfText(Buffer.from(await response.arrayBuffer())).replace(/\s/g, '')
  }

  it('shows what lies ready with masked names, and opens it only to windows of the region', async () => {
    const { task, item } = await ready(0)
    const pickup = await window.get(`tasks/${task}/pickup`)
    expect(pickup.results).to.deep.equal([
      { slug: 'flexible-pension', title: '灵活就业人员养老保险登记', notice: `result-${item}`, receiptNumber: 'HR-1', isHandedOver: false }
    ])
    expect([pickup.applicant, pickup.agent, pickup.handedOver]).to.deep.equal(['韦*安', null, null])
    expect(JSON.stringify(pickup)).not.to.contain(people[0]!.name)
    const across = await server.as(staff('window', 'window-nx', { region: 'ningxia', department: 'window' }))
    const clerk = await server.as(staff('clerk', 'hrss-gx', { department: 'hrss', division: '450103' }))
    expect((await across.send('GET', `tasks/${task}/pickup`)).status).to.equal(404)
    expect((await clerk.send('POST', `tasks/${task}/hand-over`, {})).status).to.equal(403)
    const { task: review } = await ready(1, null, 'review')
    expect((await window.send('GET', `tasks/${review}/pickup`)).status).to.equal(404)
  })

  it('hands nothing to whoever shows another card, and notes the try', async () => {
    const { id, task } = await ready(2)
    const body = { collector: 'applicant', way: 'screen', signature: PIXEL }
    for (const [reading, collector] of [[cardOf(3), 'applicant'], [`别人|${String(people[2]!.person.idNumber)}`, 'applicant'], [cardOf(2), 'agent']]) {
      const { status, body: problem } = await window.send('POST', `tasks/${task}/hand-over`, { ...body, reading, collector })
      expect([status, problem.code]).to.deep.equal([422, 'IDENTITY_MISMATCH'])
    }
    expect(await checks(id)).to.deep.equal([
      { collector: 'applicant', matches: false, taskId: task }, { collector: 'applicant', matches: false, taskId: task }, { collector: 'agent', matches: false, taskId: task }
    ])
    expect((await server.ctx.db('work_item').where({ id: task }).first()).state).to.equal('open')
    expect(await server.ctx.db('decision').where({ task_id: task })).to.deep.equal([])
  })

  it('asks for a signature, or for the witness of a fingerprint', async () => {
    const { task } = await ready(4)
    const body = { collector: 'applicant', reading: cardOf(4) }
    for (const [more, path] of [[{ way: 'screen' }, '/signature'], [{ way: 'fingerprint', witness: ' ' }, '/witness']] as const) {
      const { status, body: problem } = await window.send('POST', `tasks/${task}/hand-over`, { ...body, ...more })
      expect([status, problem.code, problem.fields[0].path]).to.deep.equal([422, 'SIGNATURE_REQUIRED', path])
    }
  })

  it('hands over to the applicant: who, when and the signature are kept sealed, and the engine is told', async () => {
    const { id, task, item } = await ready(5)
    expect(await pdf(`tasks/${task}/results/result-${item}.pdf`)).to.contain(people[5]!.name).and.contain('办结结果通知书')
    expect((await window.send('GET', `tasks/${task}/hand-over.pdf`)).status).to.equal(404)
    expect((await window.send('GET', `tasks/${task}/results/result-${randomUUID()}.pdf`)).status).to.equal(404)
    const taken = await window.call('POST', `tasks/${task}/hand-over`, { collector: 'applicant', reading: cardOf(5), way: 'screen', signature: PIXEL })
    expect(taken.status).to.equal('decided')
    expect(await checks(id)).to.deep.equal([{ collector: 'applicant', matches: true, taskId: task }])
    const decision = await server.ctx.db('decision').where({ task_id: task }).first()
    expect([decision.decided_by, decision.decision]).to.deep.equal(['window-gx', 'handed-over'])
    expect(JSON.stringify(decision)).not.to.contain('iVBOR')
    const order = await server.ctx.db('outbox').where({ kind: 'complete-task' }).whereLike('payload', `%${task}%`).first()
    expect(JSON.parse(order.payload)).to.include({ taskId: task, decision: 'handed-over' })
    const { handedOver } = await window.get(`tasks/${task}/pickup`)
    expect(handedOver).to.include({ collector: 'applicant', way: 'screen', by: 'window-gx' })
    const paper = await pdf(`tasks/${task}/hand-over.pdf`)
    for (const words of ['送达回证', people[5]!.name, '申请人本人', '屏幕签名', 'window-gx', '灵活就业人员养老保险登记', 'HR-1']) expect(paper).to.contain(words)
    const viewed = await server.ctx.db('audit_event').where({ chain: id, type: 'personal-data-viewed' }).orderBy('seq')
    expect(viewed.map(({ data }: any) => JSON.parse(data).purpose)).to.deep.equal(['result-printed', 'hand-over-printed'])
    const again = await window.send('POST', `tasks/${task}/hand-over`, { collector: 'applicant', reading: cardOf(5), way: 'screen', signature: PIXEL })
    expect([again.status, again.body.code]).to.deep.equal([409, 'TASK_GONE'])
  })

  it('hands over to the agent whom the form names, with a fingerprint before a witness', async () => {
    const agent = people[7]!
    const { task } = await ready(6, { name: agent.name, idType: 'resident-id', idNumber: agent.person.idNumber, relation: '配偶', mobile: '13977100009' })
    await window.call('POST', `tasks/${task}/hand-over`, { collector: 'agent', reading: cardOf(7), way: 'fingerprint', witness: '莫见真' })
    const paper = await pdf(`tasks/${task}/hand-over.pdf`)
    for (const words of [`${agent.name}（代办人）`, '按指印', '莫见真']) expect(paper).to.contain(words)
  })

  it('takes no decision for a hand-over for which no card was read', async () => {
    const { task } = await ready(8)
    await window.call('POST', `tasks/${task}/complete`, { decision: 'handed-over', values: { collector: 'applicant', way: 'paper' } })
    expect((await window.get(`tasks/${task}/pickup`)).handedOver).to.equal(null)
    expect((await window.send('GET', `tasks/${task}/hand-over.pdf`)).status).to.equal(404)
  })
})
