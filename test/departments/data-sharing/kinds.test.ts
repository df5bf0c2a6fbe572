import { expect } from 'chai'
import { readPeople } from '../../../departments/people/index.ts'
import { call, citizen, send, startForTest, stranger } from '../support.ts'
import type { TestDepartments } from '../support.ts'

const people = readPeople()

describe('data sharing', () => {
  let departments: TestDepartments
  let url: string
  let count = 0
  const ask = async (kind: string, fields: object) => (await send(url, kind, `case-${++count}:verify:1`, fields)).body
  const verify = (account: string, change: object = {}) => {
    const { name, idType, idNumber } = people.byAccount(account)!.person
    return ask('person-verification', { name, idType, idNumber, ...change })
  }

  before(async () => {
    departments = await startForTest(['data-sharing'])
    url = departments.urls['data-sharing']
  })
  after(() => departments.end())

  it('confirms a person and says what the registers hold', async () => {
    const { status, receipt, result } = await verify('citizen-gx-1')
    expect([status, receipt]).to.deep.equal(['done', null])
    expect(result).to.deep.include({
      matches: true, isKnown: true, student: false, employerInsured: false, currentEnrolments: [], cardApplied: false,
      retirement: { isRetired: false, since: null }, household: { division: '450103001005', address: '新竹路12号3栋502房' }
    })
    expect(result.licences.map(({ type }: { type: string }) => type)).to.deep.equal(['resident-id', 'household-register'])
  })

  it('tells nothing of a person under a wrong name or document, and nothing of a stranger', async () => {
    const isKnown = { matches: false, isKnown: true }
    expect((await verify('citizen-gx-1', { name: '韦晓' })).result).to.deep.equal(isKnown)
    expect((await verify('citizen-gx-1', { idType: 'household-book' })).result).to.deep.equal(isKnown)
    expect((await ask('person-verification', stranger)).result).to.deep.equal({ matches: false, isKnown: false })
    expect((await verify('citizen-gx-1', { idNumber: '450103900816024' })).result, 'a number of the old edition').to.deep.equal({ matches: false, isKnown: false })
    expect((await ask('licences', stranger)).result).to.deep.equal({ matches: false, isKnown: false })
  })

  it('does not mind which middle dot or blank a name is written with', async () => {
    for (const name of ['阿依古丽•买买提', '阿依古丽・买买提', '阿依古丽 · 买买提']) {
      expect((await verify('citizen-gx-4', { name })).result.matches).to.equal(true)
    }
    expect((await verify('citizen-gx-3')).result.matches).to.equal(true)
  })

  it('knows the old name of somebody whose identity has a new one', async () => {
    expect((await verify('citizen-gx-renamed')).result.matches).to.equal(false)
    expect((await verify('citizen-gx-renamed', { name: '廖冬妹' })).result.matches).to.equal(true)
  })

  for (const [account, expected] of Object.entries({
    'citizen-gx-retired': { retirement: { isRetired: true, since: '2023-05-18' } },
    'citizen-gx-student': { student: true },
    'citizen-gx-employed': { employerInsured: true, currentEnrolments: ['employee-pension', 'employee-medical'] },
    'citizen-gx-injury-only': { employerInsured: false, employerInsurances: ['work-injury'] },
    'citizen-gx-card-holder': { cardApplied: true, cardAppliedIn: ['450000'] },
    'citizen-gx-hmt': { household: null, residence: { division: '450103002020', address: '星湖路20号天桃苑2栋1503房' } }
  })) {
    it(`knows the situation of ${account}`, async () => {
      expect((await verify(account)).result).to.deep.include(expected)
    })
  }

  for (const [account, types] of Object.entries({
    'citizen-gx-disabled': ['disability', 'minimum-living-allowance'],
    'citizen-gx-destitute': ['extreme-poverty-support', 'poverty-return-monitoring'],
    'citizen-gx-other-province': ['residence-permit'],
    'citizen-gx-foreign': ['foreign-permanent-residence', 'overseas-lodging-registration']
  })) {
    it(`has the licences of ${account}`, async () => {
      const { name, idType, idNumber } = people.byAccount(account)!.person
      const { result } = await ask('licences', { name, idType, idNumber, types })
      expect(result.licences.map(({ type }: { type: string }) => type)).to.deep.equal(types)
    })
  }

  it('gives out no licence that was not asked for', async () => {
    expect((await verify('citizen-gx-disabled', { types: [] })).result.licences).to.deep.equal([])
  })

  it('takes people in addition, and knows them after a restart', async () => {
    const body = { people: [{ person: stranger, records: { student: true } }] }
    expect((await call(`${url}/v1/people`, 'POST', body)).body).to.deep.equal({ added: 1 })
    departments = await departments.restart()
    url = departments.urls['data-sharing']
    expect((await ask('person-verification', stranger)).result).to.deep.include({ matches: true, student: true, cardApplied: false })
    const wrong = { people: [{ person: { ...citizen, idNumber: '450103199008160245' } }] }
    expect((await call(`${url}/v1/people`, 'POST', wrong)).status).to.equal(422)
  })
})
