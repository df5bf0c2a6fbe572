import { expect } from 'chai'
import type { ApiClient } from '../../../scripts/client.ts'
import { tableDecisions } from '../../policy/table-decisions.ts'
import { call, startForTest } from '../../departments/support.ts'
import type { TestDepartments } from '../../departments/support.ts'
import { draftOf, people, staff, startPublicServer } from '../../support/public-server.ts'
import type { Draft, PublicServer } from '../../support/public-server.ts'

const DISABILITY = '45010319800110500042'
const LICENCES = [
  { type: 'disability', name: '中华人民共和国残疾人证', number: DISABILITY, issuedAt: '2020-01-01', validUntil: '2030-01-01', issuer: '残联', level: '一级' }
]
const PDF = new Blob(['%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n'])

interface Entry {
  readonly code: string
  readonly state: string
  readonly stateText: string
  readonly replacedBy: { readonly licence: string; readonly name: string; readonly number: string } | null
  readonly sharing: { readonly outcome: string; readonly text: string } | null
  readonly original: { readonly isVerified: boolean; readonly way: string | null; readonly ways: { way: string }[] } | null
  readonly files: readonly { readonly fileName: string }[]
}

describe('the materials of an application over HTTP', () => {
  let departments: TestDepartments
  let server: PublicServer
  let client: ApiClient

  const faults = (list: object[]) => call(`${departments.urls['data-sharing']}/v1/faults`, 'POST', { faults: list })
  const list = async (id: string, as = client): Promise<Entry[]> => (await as.get(`applications/${id}/materials`)).materials
  const one = async (id: string, code: string, as = client) => (await list(id, as)).find(entry => entry.code === code)!
  const upload = (id: string, code: string, as = client) => {
    const form = new FormData()
    form.set('code', code)
    form.set('file', PDF, '户口簿.pdf')
    return as.call('POST', `applications/${id}/materials`, form)
  }
  const atWindow = async () => server.as(staff('window', 'window-gx'))
  /** Says of the applicant that he is severely disabled, so that the certificate is asked for. */
  const disabled = (draft: Draft) => { draft.items['resident-pension']!.specialGroups = ['severely-disabled'] }
  const windowDraft = async (as: ApiClient, matters: string[], change: Record<string, unknown> = {}) => {
    const { common, items } = await client.get(`regions/guangxi/prefill?matters=${matters.join()}`)
    return (await as.call('POST', 'applications', { region: 'guangxi', channel: 'window', matters, common, items, agent: null, ...change })).id as string
  }

  before(async () => {
    departments = await startForTest(['data-sharing'])
    server = await startPublicServer({ decisions: tableDecisions(), env: { DATA_SHARING_URL: departments.urls['data-sharing'] } })
    client = await server.citizen(0)
    const known = [{ person: people[0]!.person, records: { licences: LICENCES } }, { person: people[1]!.person, records: { licences: [] } }]
    await call(`${departments.urls['data-sharing']}/v1/people`, 'POST', {
      people: known.map(({ person, records }) => {
        const { isRegistered: _flag, ...fields } = person as Record<string, unknown>
        return { person: fields, records }
      })
    })
  })
  afterEach(() => faults([]))
  after(async () => {
    await server.stop()
    await departments.end()
  })

  it('shows 免提交 with the licence and its masked number, and asks for the rest', async () => {
    const id = await draftOf(client, ['resident-pension', 'social-security-card'], disabled)
    const certificate = await one(id, 'disability-certificate')
    expect(certificate).to.deep.include({ state: 'exempt', stateText: '免提交' })
    expect(certificate.replacedBy).to.include({ licence: 'disability', name: '中华人民共和国残疾人证' })
    expect(certificate.replacedBy!.number).to.match(/^45\*+42$/)
    expect(await one(id, 'household-book')).to.have.property('state', 'exempt')
    expect(await one(id, 'identity')).to.have.property('state', 'exempt')
    expect(await one(id, 'photo')).to.include({ state: 'to-upload', stateText: '待上传', sharing: null })
    expect(await one(id, 'application-form')).to.include({ stateText: '系统生成' })
    expect(JSON.stringify(await server.ctx.db('licence_check'))).not.to.contain(DISABILITY)
  })

  it('offers the upload with the reason when the platform does not answer, and asks again when it is back', async () => {
    const id = await draftOf(client, ['resident-pension'])
    await faults([{ mode: 'maintenance' }])
    const book = await one(id, 'household-book')
    expect(book).to.include({ state: 'to-upload', replacedBy: null })
    expect(book.sharing).to.include({ outcome: 'unavailable' })
    expect(book.sharing!.text).to.contain('请上传')
    await faults([])
    expect(await one(id, 'household-book')).to.have.property('state', 'exempt')
  })

  it('says 原件待核 with its ways after the upload of what nobody can look up', async () => {
    const other = await server.citizen(1)
    const id = await draftOf(other, ['resident-pension'], disabled)
    expect((await one(id, 'disability-certificate', other)).sharing).to.include({ outcome: 'none' })
    await upload(id, 'disability-certificate', other)
    const certificate = await one(id, 'disability-certificate', other)
    expect(certificate).to.include({ state: 'original-pending', stateText: '原件待核' })
    expect(certificate.original!.ways.map(({ way }) => way)).to.deep.equal(['licence', 'window'])
    expect(certificate.files.map(({ fileName }) => fileName)).to.deep.equal(['户口簿.pdf'])
  })

  it('tells nobody which licences somebody else holds', async () => {
    const thief = await server.citizen(1)
    const id = await draftOf(thief, ['resident-pension'], draft => Object.assign(draft.common.person, people[0]!.person, { isRegistered: undefined }))
    const book = await one(id, 'household-book', thief)
    expect([book.state, book.sharing, book.replacedBy]).to.deep.equal(['to-upload', null, null])
  })

  it('forgets the answer when the form names another person', async () => {
    const desk = await atWindow()
    const severely = { 'resident-pension': { ...(await client.get('regions/guangxi/prefill?matters=resident-pension')).items['resident-pension'], specialGroups: ['severely-disabled'] } }
    const id = await windowDraft(desk, ['resident-pension'], { items: severely })
    expect(await one(id, 'disability-certificate', desk)).to.have.property('state', 'exempt')
    const { common } = await (await server.citizen(1)).get('regions/guangxi/prefill?matters=resident-pension')
    const items = severely
    await desk.call('PUT', `applications/${id}`, { region: 'guangxi', channel: 'window', matters: ['resident-pension'], common, items, agent: null }, { 'if-match': '"1"' })
    expect(await one(id, 'disability-certificate', desk)).to.have.property('state', 'to-upload')
  })

  it('lets the window register an original that it has seen, with who and how', async () => {
    const desk = await atWindow()
    const rows = [{ item: 'name', before: '韦安', after: '韦宁', isConfirmed: true }]
    const { items } = await client.get('regions/guangxi/prefill?matters=resident-medical-change')
    const id = await windowDraft(desk, ['resident-medical-change'], {
      items: { 'resident-medical-change': { ...items['resident-medical-change'], changes: rows } }
    })
    await upload(id, 'identity-change', desk)
    expect(await one(id, 'identity-change', desk)).to.have.property('state', 'original-pending')
    const answer = await desk.call('POST', `applications/${id}/originals`, { code: 'identity-change', way: 'window', note: '派出所证明' })
    const seen = answer.materials.find(({ code }: Entry) => code === 'identity-change')
    expect([seen.state, seen.original.way, seen.original.isVerified]).to.deep.equal(['original-verified', 'window', true])
    const { timeline } = await desk.get(`applications/${id}`)
    expect(timeline.at(-1)).to.include({ type: 'original-verified', actor: 'clerk', text: '已核验“派出所出具的变更证明或居民户口簿”原件' })
    expect(JSON.stringify(await server.ctx.db('original_check'))).not.to.contain('派出所证明')
  })

  it('refuses an original that nobody asks for, and people who cannot have seen it', async () => {
    const desk = await atWindow()
    const id = await windowDraft(desk, ['resident-pension'])
    const refused = await desk.send('POST', `applications/${id}/originals`, { code: 'photo', way: 'window' })
    expect([refused.status, refused.body.code, refused.body.fields[0].path]).to.deep.equal([422, 'MATERIAL_UNKNOWN', '/code'])
    expect((await desk.send('POST', `applications/${id}/originals`, { code: 'household-book', way: 'letter' })).status).to.equal(400)
    expect((await client.send('POST', `applications/${id}/originals`, { code: 'household-book', way: 'window' })).status).to.equal(403)
    const clerk = await server.as(staff('clerk', 'medical-gx', { department: 'medical', division: '450103' }))
    expect((await clerk.send('POST', `applications/${id}/originals`, { code: 'household-book', way: 'window' })).status).to.equal(404)
  })
})
