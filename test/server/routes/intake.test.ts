import { expect } from 'chai'
import sharp from 'sharp'
import type { ApiClient } from '../../../scripts/client.ts'
import { updateItem } from '../../../server/db/items.ts'
import { tableDecisions } from '../../policy/table-decisions.ts'
import { confirmed, draftOf, people, staff, startPublicServer } from '../../support/public-server.ts'
import type { Draft, PublicServer } from '../../support/public-server.ts'
import { pdfText } from '../documents/papers/pdf-text.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- answers of the interface are read as they come */

const MATTERS = ['flexible-pension', 'flexible-medical']
const MINUTE = 60_000
/** What a reader sends for a person. */
const cardOf = ({ person: { name, idNumber } }: { person: Readonly<Record<string, unknown>> }, more = '') => `${String(name)}|${String(idNumber)}${more}`

describe('routes/intake', () => {
  let server: PublicServer
  let window: ApiClient
  let elsewhere: ApiClient
  let across: ApiClient

  const events = (chain: string, type: string): Promise<any[]> => server.ctx.db('audit_event').where({ chain, type }).orderBy('seq')
  const draftAt = async (client: ApiClient, index: number, change: (draft: Draft) => void = () => undefined, matters = MATTERS): Promise<string> => {
    const { common, items, agent } = await client.call('POST', 'window/prefill', { reading: cardOf(people[index]!), matters })
    const draft = { region: 'guangxi', channel: 'window', matters, common, items, agent }
    change(draft)
    return (await client.call('POST', 'applications', draft)).id
  }
  const pdf = async (client: ApiClient, method: string, path: string, body?: unknown): Promise<string> => {
    const response = await fetch(`${server.url}/api/v1/${path}`, {
      method, headers: { cookie: client.cookie, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) })
    })
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return pdfText(Buffer.from(await response.arrayBuffer())).replace(/\s/g, '')
  }

  before(async () => {
    server = await startPublicServer({ decisions: tableDecisions() })
    window = await server.as(staff('window', 'window-gx', { department: 'window', division: '450103' }))
    elsewhere = await server.as(staff('window', 'window-gx2', { department: 'window', division: '450200' }))
    across = await server.as(staff('window', 'window-nx', { region: 'ningxia', department: 'window', division: '640104' }))
  })
  after(() => server.stop())

  it('finds a person by the card, lists what is there, and notes who looked', async () => {
    const citizen = await server.citizen(0)
    const online = await draftOf(citizen, MATTERS)
    const own = await draftAt(window, 0)
    const other = await draftAt(elsewhere, 0)
    // A stranger may write this person's number into a draft of his own: that is no draft of the person.
    await draftOf(await server.citizen(1), MATTERS, draft => { draft.common.person = { ...people[0]!.person } })
    const { person, drafts, cases } = await window.call('POST', 'window/person', { reading: cardOf(people[0]!) })
    expect(person).to.include({ name: people[0]!.name, idNumber: people[0]!.person.idNumber, sex: 'female' })
    expect(drafts.map(({ id, channel, isOwn }: any) => [id, channel, isOwn])).to.have.deep.members([[online, 'online', false], [own, 'window', true]])
    expect([drafts.some(({ id }: any) => id === other), cases]).to.deep.equal([false, []])
    const [last] = (await events('system', 'personal-data-viewed')).slice(-1)
    expect([last.actor_id, JSON.parse(last.data)]).to.deep.equal(['window-gx', { found: 2, purpose: 'window-intake', region: 'guangxi' }])
    expect(JSON.stringify(await events('system', 'personal-data-viewed'))).not.to.contain(people[0]!.person.idNumber)
    expect((await citizen.send('POST', 'window/person', { reading: 'x' })).status).to.equal(403)
    const broken = await window.send('POST', 'window/person', { reading: '韦安宁' })
    expect([broken.status, broken.body.fields.map(({ path }: any) => path)]).to.deep.equal([422, ['/reading/idNumber']])
  })

  it('fills the form in from the card and the last application, and brings a draft of the person along', async () => {
    const index = 2
    const citizen = await server.citizen(index)
    const before = await draftOf(citizen, ['flexible-pension'], draft => { draft.common.person.mobile = '13977700001' })
    await citizen.call('POST', `applications/${before}/submit`, confirmed(['flexible-pension']))
    const reading = cardOf(people[index]!)
    const { common, sources } = await window.call('POST', 'window/prefill', { reading, matters: ['social-security-card'] })
    expect(common.person).to.include({ name: people[index]!.name, mobile: '13977700001' })
    expect(sources.find(({ path }: any) => path === '/common/person/idNumber')).to.include({ source: 'id-card', text: '所持证件', isReadOnly: true })
    expect(sources.find(({ path }: any) => path === '/common/person/mobile')).to.include({ source: 'last-application', isReadOnly: false })
    // The same number under another name tells nothing of the last application.
    const wrong = await window.call('POST', 'window/prefill', { reading: `别人|${String(people[index]!.person.idNumber)}`, matters: ['social-security-card'] })
    expect(wrong.common.person.mobile).not.to.equal('13977700001')
    const begun = await draftOf(citizen, ['social-security-card'], draft => { draft.common.person.mobile = '13977700002' })
    const taken = await window.call('POST', 'window/prefill', { reading, matters: ['social-security-card'], draft: begun })
    expect(taken.common.person.mobile).to.equal('13977700002')
    expect((await window.send('POST', 'window/prefill', { reading: cardOf(people[3]!), matters: ['social-security-card'], draft: begun })).status).to.equal(404)
  })

  it('keeps a draft within its own division, and says who took it in', async () => {
    const id = await draftAt(window, 4)
    const { takenBy, takenAt, signing } = await window.get(`applications/${id}/intake`)
    expect([takenBy, signing, typeof takenAt]).to.deep.equal(['window-gx', null, 'string'])
    for (const [method, path, body] of [
      ['GET', ''], ['GET', '/intake'], ['PUT', '/signing', { way: 'paper', copiesSigned: true }], ['POST', '/agent-check', { reading: 'x' }],
      ['POST', '/call-back', { action: 'told' }], ['POST', '/scans', { code: 'identity', name: 'x', pages: [id] }], ['GET', '/take-home.pdf']
    ] as const) {
      for (const stranger of [elsewhere, across]) {
        expect((await stranger.send(method, `applications/${id}${path}`, body)).status, `${method} ${path}`).to.equal(404)
      }
    }
    const city = await server.as(staff('window', 'window-city', { department: 'window', division: '450100' }))
    expect((await city.send('GET', `applications/${id}`)).status).to.equal(200)
  })

  it('notes once in a while of work who opened a case whose form is seen in full', async () => {
    const id = await draftAt(window, 13)
    for (let look = 0; look < 3; look++) await window.get(`applications/${id}`)
    const looks = (await events(id, 'personal-data-viewed')).map(({ actor_id, data }) => [actor_id, JSON.parse(data).purpose])
    expect(looks).to.deep.equal([['window-gx', 'window-case']])
  })

  it('takes a change of name at the counter, and online not', async () => {
    const change = (draft: Draft): void => {
      draft.items['resident-medical-change']!.changes = [{ item: 'name', before: '韦某', after: '韦某某', confirmed: true }]
    }
    const problemsOf = async (client: ApiClient, path: string): Promise<string[]> =>
      (await client.get(path)).problems.map(({ path: at, code }: any) => `${at} ${code}`).filter((one: string) => one.includes('/changes'))
    const here = await draftAt(window, 5, change, ['resident-medical-change'])
    const citizen = await server.citizen(5)
    const online = await draftOf(citizen, ['resident-medical-change'], change)
    expect((await problemsOf(citizen, `applications/${online}`)).join()).to.contain('WINDOW_ONLY')
    expect((await problemsOf(window, `applications/${here}`)).join()).not.to.contain('WINDOW_ONLY')
  })

  it('binds scanned pages to one PDF in their order, which takes their place', async () => {
    const id = await draftAt(window, 6, undefined, ['resident-pension'])
    const page = async (width: number, height: number, name: string): Promise<string> => {
      const form = new FormData()
      form.set('code', 'household-book')
      form.set('file', new Blob([new Uint8Array(await sharp({ create: { width, height, channels: 3, background: '#eee' } }).jpeg().toBuffer())]), name)
      return (await window.call('POST', `applications/${id}/materials`, form)).id
    }
    const pages = [await page(600, 850, '1.jpg'), await page(850, 600, '2.jpg'), await page(600, 850, '3.jpg')]
    const body = { code: 'household-book', name: '居民户口簿', pages }
    expect((await window.send('POST', `applications/${id}/scans`, { ...body, code: 'identity' })).body.code).to.equal('MATERIAL_UNKNOWN')
    const bound = await window.call('POST', `applications/${id}/scans`, body)
    expect(bound).to.include({ code: 'household-book', mediaType: 'application/pdf', fileName: '居民户口簿（共3页）.pdf' })
    const response = await fetch(`${server.url}/api/v1/applications/${id}/materials/${bound.id}`, { headers: { cookie: window.cookie } })
    const bytes = Buffer.from(await response.arrayBuffer()).toString('latin1')
    expect([...bytes.matchAll(/\/MediaBox \[([^\]]+)\]/g)].map(([, box]) => box!.split(' ').slice(2).map(Number).map(Math.round)))
      .to.deep.equal([[595, 842], [842, 595], [595, 842]])
    const { materials } = await window.get(`applications/${id}`)
    expect(materials.map(({ id: of }: any) => of)).to.deep.equal([bound.id])
    expect((await events(id, 'scan-bound')).map(({ data }) => JSON.parse(data).pages)).to.deep.equal([3])
    expect((await window.send('POST', `applications/${id}/scans`, { ...body, pages: [bound.id] })).body.code).to.equal('FILE_TYPE_UNSUPPORTED')
  })

  it('lets an agent sign only after the card was held against the form, and asks for the witness of a fingerprint', async () => {
    const agent = people[8]!
    const id = await draftAt(window, 7, draft => {
      draft.agent = { name: agent.name, idType: 'resident-id', idNumber: agent.person.idNumber, relation: '配偶', mobile: '13977100009' }
    })
    const sign = (body: object) => window.send('PUT', `applications/${id}/signing`, { way: 'paper', copiesSigned: true, ...body })
    expect((await sign({})).body.code).to.equal('AGENT_UNCHECKED')
    const wrong = await window.send('POST', `applications/${id}/agent-check`, { reading: cardOf(people[9]!) })
    expect([wrong.status, wrong.body.code]).to.deep.equal([422, 'IDENTITY_MISMATCH'])
    expect((await window.call('POST', `applications/${id}/agent-check`, { reading: cardOf(agent) })).agentCheckedAt).to.be.a('string')
    const unseen = await sign({ way: 'fingerprint' })
    expect([unseen.status, unseen.body.fields[0].path]).to.deep.equal([422, '/witness'])
    expect((await sign({ way: 'fingerprint', witness: '莫见真' })).body).to.include({ signing: 'fingerprint', witness: '莫见真', copiesSigned: true })
    const row = await server.ctx.db('window_intake').where({ application_id: id }).first()
    expect(JSON.stringify(row)).not.to.contain('莫见真')
    const paper = await pdf(window, 'GET', `applications/${id}/form.pdf`)
    for (const words of ['按指印', '莫见真', '已由申请人签名']) expect(paper).to.contain(words)
    // Another agent in the form makes the check void.
    const { version, content } = await window.get(`applications/${id}`)
    await window.call('PUT', `applications/${id}`, {
      region: 'guangxi', channel: 'window', matters: MATTERS, common: content.common, items: content.items,
      agent: { ...content.agent, name: people[9]!.name, idNumber: people[9]!.person.idNumber }
    }, { 'if-match': `"${version}"` })
    expect((await window.get(`applications/${id}/intake`)).agentCheckedAt).to.equal(null)
    expect((await sign({})).body.code).to.equal('AGENT_UNCHECKED')
  })

  it('is submitted by channel window, with the clerk as who did it', async () => {
    const id = await draftAt(window, 10)
    await window.call('PUT', `applications/${id}/signing`, { way: 'paper', copiesSigned: false })
    await window.call('POST', `applications/${id}/submit`, confirmed(MATTERS))
    const [event] = await events(id, 'application-submitted')
    expect([event.actor_role, event.actor_id, JSON.parse(event.data).channel]).to.deep.equal(['window', 'window-gx', 'window'])
    expect((await window.send('PUT', `applications/${id}/signing`, { way: 'paper', copiesSigned: true })).body.code).to.equal('ALREADY_SUBMITTED')
    const { cases } = await elsewhere.call('POST', 'window/person', { reading: cardOf(people[10]!) })
    expect(cases.map(({ id: of, status }: any) => [of, status])).to.deep.equal([[id, 'submitted']])
    expect(await pdf(window, 'GET', `applications/${id}/receipt.pdf`)).to.contain('收件')
  })

  it('counts the minutes on the business clock, offers a call after fifteen, and lists whom to call', async () => {
    const id = await draftAt(window, 11)
    await window.call('POST', `applications/${id}/submit`, confirmed(MATTERS))
    const { db, clock } = server.ctx
    const mine = async (client = window): Promise<any> => (await client.get('window/waiting')).waiting.find(({ applicationId }: any) => applicationId === id)
    const waited = (minutes: number) => db('application').where({ id }).update({ submitted_at: clock.now() - minutes * MINUTE - 1000 })
    expect(await mine()).to.include({ waitedMinutes: 0, state: 'waiting', isCallBackDue: false })
    expect(await mine(elsewhere)).to.equal(undefined)
    await waited(14)
    expect(await mine()).to.include({ waitedMinutes: 14, isCallBackDue: false })
    await waited(15)
    expect(await mine()).to.include({ waitedMinutes: 15, isCallBackDue: true })
    const early = await window.send('GET', `applications/${id}/take-home.pdf`)
    expect(early.body.code).to.equal('NOT_SUBMITTED')
    await window.call('POST', `applications/${id}/call-back`, { action: 'promise' })
    expect(await mine()).to.include({ state: 'promised', isCallBackDue: false })
    const paper = await pdf(window, 'GET', `applications/${id}/take-home.pdf`)
    for (const words of ['等候回访凭证', people[11]!.name, '灵活就业人员养老保险登记', '办理中', '回访电话']) expect(paper).to.contain(words)
    for (const { id: item } of await db('item').where({ application_id: id })) {
      await updateItem(db, item, { status: 'approved', outcome: 'approved', deadline_kind: 'immediate' }, clock.now())
    }
    expect(await mine()).to.include({ state: 'to-call' })
    const fetched = db('item').where({ application_id: id })
    await fetched.clone().update({ delivery_method: 'window', status: 'delivered' })
    expect(await mine(), 'who fetched the result knows it').to.equal(undefined)
    await fetched.clone().update({ status: 'approved' })
    expect(await mine()).to.include({ state: 'to-call' })
    await window.call('POST', `applications/${id}/call-back`, { action: 'told' })
    expect(await mine()).to.equal(undefined)
    expect((await events(id, 'call-back-promised')).map(({ data }) => JSON.parse(data).waitedMinutes)).to.deep.equal([15])
  })

  it('prints where else something is done, with the clause, and only in the region that knows it', async () => {
    expect(await window.get('window/referrals')).to.deep.equal({ referrals: [] })
    expect((await window.send('POST', 'window/referrals/special-payment.pdf', {})).status).to.equal(404)
    const { referrals } = await across.get('window/referrals')
    expect(referrals).to.deep.equal([{ code: 'special-payment', title: '特殊缴费和历史补缴', to: '人社窗口' }])
    const paper = await pdf(across, 'POST', 'window/referrals/special-payment.pdf', { reading: cardOf(people[12]!) })
    for (const words of ['转办告知单', people[12]!.name, '人社窗口', '附件2三3']) expect(paper).to.contain(words)
    const [event] = await events('system', 'applicant-referred')
    expect(JSON.parse(event.data)).to.include({ code: 'special-payment', region: 'ningxia' })
    expect(JSON.parse(event.data).ruleIds).to.have.length(1)
  })
})
