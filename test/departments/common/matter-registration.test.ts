import { expect } from 'chai'
import { citizen, send, startForTest } from '../support.ts'
import type { TestDepartments } from '../support.ts'

const DEPARTMENTS = ['hrss', 'medical', 'tax'] as const

describe('a registration by region and matter', () => {
  let departments: TestDepartments
  let count = 0
  before(async () => { departments = await startForTest([...DEPARTMENTS]) })
  after(() => departments.end())

  for (const name of DEPARTMENTS) {
    const ask = (fields: object) => send(departments.urls[name], 'matter-registration', `case-${++count}:register:1`, fields)
    const subsidy = { ...citizen, region: 'somewhere', matter: 'training-subsidy' }

    it(`${name}: is made once for each person, region and matter, whatever they are called and told`, async () => {
      const first = (await ask({ ...subsidy, course: '中式面点', hours: 40 })).body
      expect(first).to.deep.include({ status: 'done', reasons: [] })
      expect(first.result).to.deep.include({ matter: 'training-subsidy', isRenewal: false })
      expect(first.receipt.number).to.be.a('string')
      const again = (await ask(subsidy)).body.result
      expect(again).to.deep.equal({ ...first.result, isRenewal: true })
      for (const other of [{ region: 'elsewhere' }, { matter: 'start-up-loan' }]) {
        const { result } = (await ask({ ...subsidy, ...other })).body
        expect(result).to.include({ isRenewal: false })
        expect(result.registrationNumber).to.not.equal(first.result.registrationNumber)
      }
    })

    it(`${name}: is refused without a region or a matter`, async () => {
      expect((await ask({ ...citizen, matter: 'training-subsidy' })).status).to.equal(422)
      expect((await ask({ ...citizen, region: 'somewhere' })).status).to.equal(422)
    })
  }
})
