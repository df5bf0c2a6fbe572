import { expect } from 'chai'
import { confirmed, draftOf, pensionsExclude, people, startPublicServer } from '../../support/public-server.ts'
import type { PublicServer } from '../../support/public-server.ts'

describe('routes/applications', () => {
  let server: PublicServer

  before(async () => { server = await startPublicServer({ decisions: pensionsExclude }) })
  after(() => server.stop())

  it('keeps an incomplete draft and names what is missing', async () => {
    const client = await server.citizen(0)
    const answer = await client.send('POST', 'applications', { region: 'guangxi', channel: 'online', matters: ['flexible-pension'] })
    expect([answer.status, answer.body.version, answer.headers.get('etag')]).to.deep.equal([201, 1, '"1"'])
    expect(answer.headers.get('location')).to.equal(`/api/v1/applications/${answer.body.id}`)
    expect(answer.body.problems.map((problem: { path: string }) => problem.path)).to.include('/items/flexible-pension')
    const view = await client.get(`applications/${answer.body.id}`)
    expect([view.status, view.number, view.items[0].status]).to.deep.equal(['draft', null, 'draft'])
  })

  it('saves a draft only from the version that was seen, and deletes it', async () => {
    const client = await server.citizen(0)
    const body = { region: 'guangxi', channel: 'online', matters: ['flexible-pension'] }
    const { body: draft } = await client.send('POST', 'applications', body)
    const path = `applications/${draft.id}`
    expect((await client.send('PUT', path, body)).body.code).to.equal('PRECONDITION_REQUIRED')
    const saved = await client.send('PUT', path, { ...body, matters: ['flexible-medical'] }, { 'if-match': '"1"' })
    expect([saved.status, saved.body.version, saved.headers.get('etag')]).to.deep.equal([200, 2, '"2"'])
    expect((await client.send('PUT', path, body, { 'if-match': '"1"' })).body.code).to.equal('VERSION_CONFLICT')
    const { matters, problems } = await client.get(path)
    expect(matters).to.deep.equal(['flexible-medical'])
    expect(problems, 'what is still missing is told when it is opened again').to.deep.equal(saved.body.problems).and.have.length.above(0)
    expect((await client.send('DELETE', path)).status).to.equal(428)
    expect((await client.send('DELETE', path, undefined, { 'if-match': '"2"' })).status).to.equal(204)
    expect((await client.send('GET', path)).status).to.equal(404)
  })

  it('submits: number, items, rows and status, and nothing can be changed afterwards', async () => {
    const client = await server.citizen(1)
    const matters = ['flexible-pension', 'social-security-card', 'flexible-medical', 'contribution']
    const id = await draftOf(client, matters)
    const answer = await client.send('POST', `applications/${id}/submit`, confirmed(matters))
    expect([answer.status, answer.body.status]).to.deep.equal([202, 'submitted'])
    expect(answer.body.number).to.match(/^45000020260324YJS\d{7}$/)
    const view = await client.get(`applications/${id}`)
    expect([view.status, view.number, view.version]).to.deep.equal(['submitted', answer.body.number, 2])
    expect(view.items.map((item: { slug: string; status: string }) => [item.slug, item.status])).to.deep.equal(
      ['flexible-pension', 'social-security-card', 'flexible-medical', 'contribution'].map(slug => [slug, 'submitted']))
    const declaration = view.items.at(-1)
    expect(declaration.waitingFor).to.have.members(['flexible-pension', 'flexible-medical'])
    expect(declaration.rows.map((row: { insurance: string; restsOnExisting: boolean }) => [row.insurance, row.restsOnExisting]))
      .to.have.deep.members([['flexible-pension', false], ['flexible-medical', false]])
    expect(view.timeline).to.have.length(1)
    expect(view.timeline[0]).to.include({ type: 'application-submitted', actor: 'applicant' })
    const again = await client.send('POST', `applications/${id}/submit`, confirmed(matters))
    expect([again.status, again.body.code, again.body.number]).to.deep.equal([409, 'ALREADY_SUBMITTED', answer.body.number])
    const body = { region: 'guangxi', channel: 'online', matters }
    expect((await client.send('PUT', `applications/${id}`, body, { 'if-match': '"2"' })).body.code).to.equal('ALREADY_SUBMITTED')
    expect((await client.send('DELETE', `applications/${id}`, undefined, { 'if-match': '"2"' })).body.code).to.equal('NOT_A_DRAFT')
  })

  it('refuses in order: conflict, form, notice, declaration; and writes nothing', async () => {
    const client = await server.citizen(2)
    const conflicting = await draftOf(client, ['resident-pension', 'flexible-pension'])
    const conflict = await client.send('POST', `applications/${conflicting}/submit`, confirmed([]))
    expect([conflict.status, conflict.body.code]).to.deep.equal([422, 'APPLICATION_CONFLICT'])
    expect(conflict.body.conflicts[0]).to.deep.include({ ruleId: 'x1', matters: ['resident-pension', 'flexible-pension'] })
    const wrong = await draftOf(client, ['flexible-medical'], draft => { draft.common.person.mobile = '12' })
    const form = await client.send('POST', `applications/${wrong}/submit`, confirmed([]))
    expect([form.status, form.body.code, form.body.fields[0].path]).to.deep.equal([422, 'FORM_INVALID', '/common/person/mobile'])
    const right = await draftOf(client, ['flexible-medical'])
    const notice = await client.send('POST', `applications/${right}/submit`, confirmed([]))
    expect([notice.status, notice.body.code]).to.deep.equal([422, 'NOTICE_NOT_CONFIRMED'])
    const declaration = await client.send('POST', `applications/${right}/submit`, { confirmedNotices: ['flexible-medical'] })
    expect([declaration.status, declaration.body.code]).to.deep.equal([422, 'DECLARATION_REQUIRED'])
    const empty = await draftOf(client, [])
    expect((await client.send('POST', `applications/${empty}/submit`, confirmed([]))).body.code).to.equal('MATTER_REQUIRED')
    expect((await client.get(`applications/${right}`)).status).to.equal('draft')
  })

  it('refuses what conflicts with an open item of an earlier application, and names it', async () => {
    const client = await server.citizen(3)
    const first = await draftOf(client, ['resident-pension'])
    const { number } = await client.call('POST', `applications/${first}/submit`, confirmed(['resident-pension']))
    const second = await draftOf(client, ['flexible-pension'])
    const answer = await client.send('POST', `applications/${second}/submit`, confirmed(['flexible-pension']))
    expect([answer.status, answer.body.code, answer.body.number]).to.deep.equal([409, 'OPEN_ITEM_CONFLICT', number])
    expect(answer.body.detail).to.contain(number)
  })

  it('names the form of somebody else, unless the person logged in is the agent', async () => {
    const client = await server.citizen(4)
    const other = people[5]!.person
    const use = (draft: { common: { person: Record<string, unknown> } }): void => {
      Object.assign(draft.common.person, { name: other.name, idNumber: other.idNumber, birthDate: other.birthDate, sex: other.sex })
    }
    const id = await draftOf(client, ['flexible-pension'], use)
    const answer = await client.send('POST', `applications/${id}/submit`, confirmed(['flexible-pension']))
    expect([answer.status, answer.body.fields[0].code]).to.deep.equal([422, 'NOT_YOURSELF'])
    const { name, idType, idNumber } = people[4]!.person
    const asAgent = await draftOf(client, ['flexible-pension'], draft => {
      use(draft)
      draft.agent = { name, idType, idNumber, relation: '朋友', mobile: '13900000001' }
    })
    expect((await client.send('POST', `applications/${asAgent}/submit`, confirmed(['flexible-pension']))).status).to.equal(202)
  })

  it('lists an account\'s applications page by page', async () => {
    const client = await server.citizen(6)
    const ids: string[] = []
    for (let count = 0; count < 3; count++) ids.push(await draftOf(client, ['flexible-pension']))
    const first = await client.get('applications?limit=2')
    const second = await client.get(`applications?limit=2&cursor=${first.cursor}`)
    const listed = [...first.applications, ...second.applications].map((application: { id: string }) => application.id)
    expect(listed).to.have.members(ids)
    expect([first.applications.length, second.applications.length, second.cursor]).to.deep.equal([2, 1, null])
    expect((await client.send('GET', 'applications?cursor=nonsense')).body.code).to.equal('CURSOR_INVALID')
  })

  it('lets nobody use another one\'s channel', async () => {
    const client = await server.citizen(7)
    const answer = await client.send('POST', 'applications', { region: 'guangxi', channel: 'window', matters: [] })
    expect([answer.status, answer.body.code, answer.body.fields[0].path]).to.deep.equal([403, 'FORBIDDEN', '/channel'])
  })

  it('stores nothing of the person in the clear', async () => {
    const client = await server.citizen(8)
    await draftOf(client, ['flexible-pension'])
    const rows = JSON.stringify(await server.ctx.db('application'))
    const { name, idNumber, mobile } = people[8]!.person as Record<string, string>
    for (const text of [name!, idNumber!, mobile!]) expect(rows).not.to.contain(text)
  })
})
