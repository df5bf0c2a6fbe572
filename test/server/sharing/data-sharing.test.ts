import { expect } from 'chai'
import { createLog } from '../../../core/log.ts'
import { createDataSharing } from '../../../server/sharing/data-sharing.ts'
import { call, citizen, startForTest, stranger } from '../../departments/support.ts'
import type { TestDepartments } from '../../departments/support.ts'

describe('the public data platform, asked by the server', () => {
  let departments: TestDepartments
  let url: string
  let count = 0
  let now = 0
  const id = () => `case-${++count}:licences:1`
  /** Patient, so that a machine with other work is not taken for a platform that does not answer. */
  const client = (timeoutMs = 15_000) => createDataSharing({ url, log: createLog({ level: 'silent' }), timeoutMs, now: () => now })
  const faults = (list: object[]) => call(`${url}/v1/faults`, 'POST', { faults: list })

  before(async () => {
    departments = await startForTest(['data-sharing'])
    url = departments.urls['data-sharing']
  })
  afterEach(() => faults([]))
  after(() => departments.end())

  it('tells what is registered of a person, and the licences of the wanted kinds', async () => {
    const records = await client().records(citizen, id())
    expect(records).to.have.property('outcome', 'known')
    if (records.outcome !== 'known') return
    expect(records.value.household).to.deep.equal({ division: '450103001005', address: '新竹路12号3栋502房' })
    expect(records.value.currentEnrolments).to.deep.equal([])
    const licences = await client().licences(citizen, ['household-register'], id())
    expect(licences.outcome === 'known' && licences.value.map(({ type }) => type)).to.deep.equal(['household-register'])
  })

  it('knows nobody under a wrong name', async () => {
    expect(await client().records({ ...citizen, name: '韦晓' }, id())).to.deep.equal({ outcome: 'unmatched' })
    expect(await client().licences(stranger, ['disability'], id())).to.deep.equal({ outcome: 'unmatched' })
  })

  for (const fault of [
    { mode: 'error', status: 500 }, { mode: 'maintenance' }, { mode: 'malformed' }, { mode: 'effect-then-silence' }, { mode: 'wrong-receipt' },
    { mode: 'delay', delayMs: 1500 }
  ]) {
    it(`takes ${fault.mode} for no answer, never for a "no"`, async () => {
      await faults([fault])
      expect(await client(500).licences(citizen, ['household-register'], id())).to.deep.equal({ outcome: 'unavailable' })
    })
  }

  it('makes nobody wait for a platform that failed three times, and tries again after a rest', async () => {
    await faults([{ mode: 'error', status: 500, count: 3 }])
    const one = client()
    for (let round = 0; round < 3; round++) await one.records(citizen, id())
    expect(await one.records(citizen, id())).to.deep.equal({ outcome: 'unavailable' })
    now += 15_000
    expect(await one.records(citizen, id())).to.have.property('outcome', 'known')
  })
})
