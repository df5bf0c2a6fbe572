import { expect } from 'chai'
import { departmentsFixture } from '../../workers/departments-fixture.ts'
import type { DepartmentsFixture } from '../../workers/departments-fixture.ts'

describe('enrolments that the public data platform gathers', () => {
  let departments: DepartmentsFixture
  before(async () => { departments = await departmentsFixture(['hrss', 'medical', 'data-sharing']) })
  after(() => departments.stop())

  let count = 0
  async function send(department: 'hrss' | 'medical' | 'data-sharing', kind: string, body: object): Promise<Record<string, unknown>> {
    const response = await fetch(`${departments.urls[department]}/v1/requests/${kind}`, {
      method: 'POST', headers: { 'content-type': 'application/json', 'x-request-id': `item-${++count}:${kind}:1` }, body: JSON.stringify(body)
    })
    expect(response.status, kind).to.equal(200)
    return (await response.json() as { result: Record<string, unknown> }).result
  }
  const enrolments = async (person: object, asOf?: string) =>
    (await send('data-sharing', 'person-verification', { ...person, ...(asOf ? { asOf } : {}) })).currentEnrolments
  const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()

  it('are those of every department at the instant that is asked for, and none without one', async () => {
    const [first, second] = [departments.person(1), departments.person(2)]
      .map(({ name, idType, idNumber }) => ({ name, idType, idNumber })) as [{ idNumber: unknown }, object]
    await send('hrss', 'flexible-pension-registration', departments.person(1))
    await send('medical', 'flexible-medical-registration', departments.person(1))
    expect(await enrolments(first)).to.deep.equal([])
    expect(await enrolments(first, inHours(-1))).to.deep.equal([])
    expect(await enrolments(first, inHours(1))).to.deep.equal(['employee-pension', 'employee-medical'])
    expect(await enrolments(second, inHours(1))).to.deep.equal([])

    await send('hrss', 'registration-end', { idNumber: first.idNumber, insurance: 'flexible-pension' })
    expect(await enrolments(first, inHours(1))).to.deep.equal(['employee-medical'])
  })
})
