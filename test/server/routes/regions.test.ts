import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { tableDecisions } from '../../policy/table-decisions.ts'
import { modelsOnly } from '../support/case-context.ts'
import { people, startPublicServer } from '../../support/public-server.ts'
import type { PublicServer } from '../../support/public-server.ts'

describe('routes/regions', () => {
  let server: PublicServer

  before(async () => {
    server = await startPublicServer({ decisions: tableDecisions() })
    Object.assign(server.ctx.engine, modelsOnly, {
      decisionDefinition: (key: string) => Promise.resolve({ id: key, key, version: 1 }),
      decisionXml: (id: string) => Promise.resolve(readFileSync(`processes/guangxi/${id.replace('guangxi-', '')}.dmn`, 'utf8'))
    })
  })
  after(() => server.stop())

  it('lists the regions, their guide and their forms to everybody', async () => {
    const { regions } = await server.anonymous.get('regions')
    expect(regions[0]).to.deep.equal({ slug: 'guangxi', code: '450000', name: '广西壮族自治区' })
    const guide = await server.anonymous.get('regions/guangxi/guide')
    expect([guide.matters.length, guide.overallPromisedWorkingDays, guide.statutoryTotalWorkingDays]).to.deep.equal([9, 8, 85])
    expect(guide.matters[3].deadlines[0]).to.include({ channel: 'online', kind: 'promised', promisedWorkingDays: 5 })
    for (const path of ['guide', 'forms', 'divisions']) {
      const { headers } = await server.anonymous.send('GET', `regions/guangxi/${path}`)
      expect(headers.get('content-encoding'), `${path} goes over slow networks`).to.equal('gzip')
    }
    const forms = await server.anonymous.get('regions/guangxi/forms')
    expect(Object.keys(forms.matters)).to.have.length(9)
    for (const { schema } of [forms.common, ...Object.values<{ schema: { examples: unknown[] } }>(forms.matters)]) expect(schema.examples[0]).to.be.an('object')
  })

  it('names the divisions of the region and the other provinces, for addresses', async () => {
    const { divisions, provinces } = await server.anonymous.get('regions/guangxi/divisions')
    expect(divisions).to.deep.include({ code: '450103', name: '南宁市青秀区' })
    expect(provinces.map(({ code }: { code: string }) => code)).to.include('640000').and.not.include('450000')
  })

  it('prefills the form for the person logged in', async () => {
    const client = await server.citizen(0)
    const { common, items } = await client.get('regions/guangxi/prefill?matters=flexible-pension,social-security-card')
    expect(common.person).to.include({ name: people[0]!.name, idNumber: people[0]!.person.idNumber })
    expect(Object.keys(items)).to.deep.equal(['flexible-pension', 'social-security-card'])
    expect((await server.anonymous.send('GET', 'regions/guangxi/prefill')).status).to.equal(401)
  })

  it('names an unknown region and an unknown matter', async () => {
    expect((await server.anonymous.send('GET', 'regions/atlantis/forms')).body.code).to.equal('REGION_UNKNOWN')
    const answer = await server.anonymous.send('POST', 'regions/guangxi/precheck', { channel: 'online', matters: ['fly-to-the-moon'] })
    expect([answer.status, answer.body.code, answer.body.fields[0].path]).to.deep.equal([422, 'MATTER_UNKNOWN', '/matters/0'])
    const client = await server.citizen(0)
    expect((await client.send('GET', 'regions/guangxi/prefill?matters=fly-to-the-moon')).body.code).to.equal('MATTER_UNKNOWN')
  })

  it('guides by a few questions, and tells what is to be paid when, to everybody', async () => {
    const { questions } = await server.anonymous.get('regions/guangxi/questionnaire')
    expect(questions.map(({ id }: { id: string }) => id)).to.include.members(['wish', 'work', 'insured'])
    const { matters, choices } = await server.anonymous.call('POST', 'regions/guangxi/recommend', { channel: 'online', answers: { work: 'flexible' } })
    expect([matters.length, choices.length]).to.deep.equal([9, 4])
    const wrong = await server.anonymous.send('POST', 'regions/guangxi/recommend', { channel: 'online', answers: { work: 'king' } })
    expect([wrong.status, wrong.body.code, wrong.body.fields[0].path]).to.deep.equal([422, 'ANSWER_UNKNOWN', '/answers/work'])
    const { insurances } = await server.anonymous.call('POST', 'regions/guangxi/contribution-advice', { rows: [{ insurance: 'flexible-medical', standing: 'new-or-lapsed' }] })
    expect(insurances[0].rules.map(({ benefitFromMonth }: { benefitFromMonth: number }) => benefitFromMonth)).to.include(3)
  })

  it('estimates what is to be paid, row by row and together, without login', async () => {
    const month = { periodStart: '2026-04-01', periodEnd: '2026-06-30' }
    const rows = [{ insurance: 'flexible-pension', baseFen: 405_363, ...month }, { insurance: 'resident-pension' }]
    const { insurances, ...sum } = await server.anonymous.call('POST', 'regions/guangxi/contribution-advice', { rows })
    expect(sum, 'a tier is still to be chosen').to.deep.equal({ totalFen: 3 * 81_073, isComplete: false })
    expect(insurances.map(({ estimate }: { estimate: object | null }) => estimate)).to.deep.equal([{
      amountFen: 3 * 81_073, status: 'unverified',
      lines: [{ item: '灵活就业人员基本养老保险', subitem: '个人缴费', baseFen: 405_363, rateBasisPoints: 2000, amountFen: 3 * 81_073 }]
    }, null])
  })

  it('refuses facts that are none', async () => {
    const ask = (facts: object) => server.anonymous.send('POST', 'regions/guangxi/precheck', { channel: 'online', matters: [], facts })
    for (const [facts, path] of [[{ sex: 'x' }, '/facts/sex'], [{ idNumber: '1' }, '/facts/idNumber'], [{ birthDate: '2026-02-30' }, '/facts/birthDate']] as const) {
      const answer = await ask(facts)
      expect([answer.status, answer.body.fields[0].path]).to.deep.equal([400, path])
    }
  })
})
