import { expect } from 'chai'
import { call, startForTest } from '../../../departments/support.ts'
import type { TestDepartments } from '../../../departments/support.ts'
import { confirmed, draftOf, people, startPublicServer } from '../../../support/public-server.ts'
import type { PublicServer } from '../../../support/public-server.ts'

interface Source { readonly path: string; readonly source: string; readonly isReadOnly: boolean }

describe('prefill of who is signed in', () => {
  let departments: TestDepartments
  let server: PublicServer
  const platform = (path: string, body: object) => call(`${departments.urls['data-sharing']}/v1/${path}`, 'POST', body)
  const ask = async (index: number, matters = 'contribution') => {
    const client = await server.citizen(index)
    const { common, items, sources } = await client.get(`regions/guangxi/prefill?matters=${matters}`)
    const of = (field: string) => (sources as Source[]).find(({ path }) => path === `/common/person/${field}`)
    return { client, person: common.person, items, of }
  }

  before(async () => {
    departments = await startForTest(['data-sharing'])
    server = await startPublicServer({ env: { DATA_SHARING_URL: departments.urls['data-sharing'] } })
    const { isRegistered: _flag, ...person } = people[0]!.person as Record<string, unknown>
    await platform('people', {
      people: [{ person: { ...person, householdDivision: '450103002001', householdAddress: '星湖路1号' }, records: { currentEnrolments: ['employee-medical'] } }]
    })
  })
  after(async () => {
    await server.stop()
    await departments.end()
  })

  it('takes the household and the running insurance from the public data platform', async () => {
    const { person, items, of } = await ask(0)
    expect(person).to.include({ householdDivision: '450103002001', householdAddress: '星湖路1号', idNumber: people[0]!.person.idNumber })
    expect(of('householdDivision')).to.include({ source: 'data-sharing', isReadOnly: true })
    expect(of('name')).to.include({ source: 'identity', isReadOnly: true })
    expect(items.contribution.rows.map(({ insurance }: { insurance: string }) => insurance)).to.deep.equal(['flexible-medical'])
  })

  it('does without a platform that does not answer', async () => {
    await platform('faults', { faults: [{ mode: 'error', status: 500 }] })
    const { person, of } = await ask(0)
    await platform('faults', { faults: [] })
    expect(person).to.include({ householdDivision: '450103001001' })
    expect(of('householdDivision')).to.include({ source: 'identity' })
  })

  it('remembers what was typed into the last application, and no draft', async () => {
    const type = (postalCode: string) => (draft: { common: { person: Record<string, unknown> } }) => { draft.common.person.postalCode = postalCode }
    const client = await server.citizen(2)
    const id = await draftOf(client, ['flexible-pension'], type('541001'))
    await client.call('POST', `applications/${id}/submit`, confirmed(['flexible-pension']))
    await draftOf(client, ['flexible-pension'], type('541002'))
    const { person, of } = await ask(2)
    expect(person).to.include({ postalCode: '541001' })
    expect(of('postalCode')).to.include({ source: 'last-application', isReadOnly: false })
  })
})
