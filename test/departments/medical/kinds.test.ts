import { expect } from 'chai'
import { readPeople } from '../../../departments/people/index.ts'
import { citizen, send, startForTest } from '../support.ts'
import type { TestDepartments } from '../support.ts'

describe('medical insurance', () => {
  let departments: TestDepartments
  let count = 0
  const ask = async (kind: string, fields: object) => (await send(departments.urls.medical, kind, `case-${++count}:step:1`, fields)).body

  before(async () => { departments = await startForTest(['medical']) })
  after(() => departments.end())

  for (const insurance of ['resident-medical', 'flexible-medical']) {
    it(`${insurance}: nothing to change before, registered once, changed after`, async () => {
      const changes = [{ item: 'postalCode', before: '530000', after: '530022', isConfirmed: true }]
      expect((await ask(`${insurance}-change`, { ...citizen, changes })).reasons[0].code).to.equal('NOT_REGISTERED')
      expect((await ask(`${insurance}-registration`, citizen)).result.insurance).to.equal(insurance)
      expect((await ask(`${insurance}-registration`, citizen)).result.isRenewal).to.equal(true)
      expect((await ask(`${insurance}-change`, { ...citizen, changes })).result.insurance).to.equal(insurance)
      expect((await ask('enrolment-query', { idNumber: citizen.idNumber, insurance })).result.enrolled).to.equal(true)
    })
  }

  it('knows who was insured before', async () => {
    const { name, idType, idNumber } = readPeople().byAccount('citizen-gx-insured-flexible-medical')!.person
    const known = await ask('enrolment-query', { idNumber, insurance: 'flexible-medical' })
    expect(known.result).to.deep.equal({ enrolled: true, insurance: 'flexible-medical', since: null })
    expect((await ask('flexible-medical-change', { name, idType, idNumber, changes: [] })).status).to.equal('done')
  })

  it('changes whoever is registered under the number before, though that is wrong or of the old edition', async () => {
    for (const idNumber of ['450103900307002', '450103199003070021']) {
      const { reasons } = await ask('resident-medical-change', { name: '韦美兰', idType: 'resident-id', idNumber, changes: [] })
      expect(reasons.map(({ code }: { code: string }) => code), idNumber).to.deep.equal(['NOT_REGISTERED'])
    }
  })

  it('answers for its own insurances only', async () => {
    const { status } = await send(departments.urls.medical, 'enrolment-query', 'x:q:1', { idNumber: citizen.idNumber, insurance: 'flexible-pension' })
    expect(status).to.equal(422)
  })
})
