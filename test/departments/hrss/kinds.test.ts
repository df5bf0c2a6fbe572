import { expect } from 'chai'
import { readPeople } from '../../../departments/people/index.ts'
import { call, citizen, send, startForTest, stranger } from '../support.ts'
import type { TestDepartments } from '../support.ts'

const people = readPeople()
const fieldsOf = (account: string) => {
  const { name, idType, idNumber } = people.byAccount(account)!.person
  return { name, idType, idNumber }
}

describe('human resources and social security', () => {
  let departments: TestDepartments
  let url: string
  let count = 0
  const ask = async (kind: string, fields: object) => (await send(url, kind, `case-${++count}:step:1`, fields)).body
  const isEnrolled = async (idNumber: string, insurance: string) =>
    (await ask('enrolment-query', { idNumber, insurance })).result.enrolled

  before(async () => {
    departments = await startForTest(['hrss'])
    url = departments.urls.hrss
  })
  after(() => departments.end())

  it('numbers a person by the province of residence', async () => {
    const { name, idType, idNumber } = people.byAccount('citizen-nx-1')!.person
    const { result } = await ask('flexible-pension-registration', { name, idType, idNumber })
    expect(result.personalNumber).to.match(/^64\d{8}$/)
    expect((await ask('flexible-pension-registration', stranger)).result.personalNumber).to.match(/^00\d{8}$/)
  })

  it('registers a pension and knows it afterwards', async () => {
    expect(await isEnrolled(citizen.idNumber, 'flexible-pension')).to.equal(false)
    const { result } = await ask('flexible-pension-registration', citizen)
    expect(result).to.include({ insurance: 'flexible-pension' })
    expect(result.personalNumber).to.match(/^45\d{8}$/)
    const known = await ask('enrolment-query', { idNumber: citizen.idNumber, insurance: 'flexible-pension' })
    expect(known).to.deep.include({ status: 'done', receipt: null })
    expect(known.result).to.deep.equal({ enrolled: true, insurance: 'flexible-pension', since: result.registeredOn })
    expect(await isEnrolled(citizen.idNumber, 'resident-pension')).to.equal(false)
  })

  it('knows who was enrolled before, and renews instead of registering them twice', async () => {
    const insured = fieldsOf('citizen-gx-insured-resident-pension')
    expect(await isEnrolled(insured.idNumber, 'resident-pension')).to.equal(true)
    const renewed = await ask('resident-pension-registration', { ...insured, tier: '200' })
    expect(renewed.result).to.include({ insurance: 'resident-pension', isRenewal: true })
  })

  it('registers anew after an enrolment was ended', async () => {
    const insured = fieldsOf('citizen-gx-insured-resident-pension')
    const insurance = 'resident-pension'
    expect((await ask('registration-end', { ...insured, insurance })).status).to.equal('done')
    expect(await isEnrolled(insured.idNumber, insurance)).to.equal(false)
    expect((await ask('registration-end', { ...insured, insurance })).reasons[0].code).to.equal('NOT_REGISTERED')
    expect((await ask('resident-pension-registration', { ...insured, tier: '200' })).status).to.equal('done')
    expect(await isEnrolled(insured.idNumber, insurance)).to.equal(true)
  })

  for (const [tier, isRight] of [['200', true], [6000, true], ['none', true], [0, true], [123.45, true], ['gold', false], [-100, false],
    [20_001, false], [null, true]] as const) {
    it(`${isRight ? 'takes' : 'refuses'} the tier ${String(tier)}`, async () => {
      const { status } = await send(url, 'resident-pension-registration', `tier-${String(tier)}:r:1`, { ...fieldsOf('citizen-gx-2'), tier })
      expect(status).to.equal(isRight ? 200 : 422)
    })
  }

  it('gives each paper of a personal file its own number', async () => {
    const year = new Date().getUTCFullYear()
    expect((await ask('archive-transfer-letter', stranger)).result.letterNumber).to.match(new RegExp(`^DH${year}-\\d{6}$`))
    expect((await ask('archive-acceptance', stranger)).result.archiveNumber).to.match(/^DA\d{4}-\d{6}$/)
    expect((await ask('archive-dispatch', stranger)).result.dispatchNumber).to.match(/^JY\d{4}-\d{6}$/)
  })

  it('is refused a file that its holder keeps', async () => {
    const { reasons } = await ask('archive-transfer-letter', fieldsOf('citizen-gx-archive-held'))
    expect(reasons[0].code).to.equal('ARCHIVE_NOT_RELEASED')
  })

  it('orders one card in a life', async () => {
    const { result } = await ask('card-order', { ...citizen, bank: 'guilin', idValidFrom: '2020-05-12' })
    expect(result.orderNumber).to.match(/^ZK\d{14}$/)
    expect((await ask('card-order', citizen)).reasons[0].code).to.equal('ALREADY_APPLIED')
    expect((await ask('card-order', fieldsOf('citizen-gx-card-holder'))).reasons[0].code).to.equal('ALREADY_APPLIED')
  })

  it('checks what it is told of the photo, and nothing else', async () => {
    const right = { sha256: 'a'.repeat(64), mediaType: 'image/jpeg', widthPx: 358, heightPx: 441, dpi: 350, bytes: 41_000 }
    expect((await ask('card-photo-check', { ...citizen, photo: right })).result).to.deep.equal({ accepted: true })
    expect((await ask('card-photo-check', { ...citizen, photo: { sha256: right.sha256 } })).status).to.equal('done')
    const wrong = await ask('card-photo-check', { ...citizen, photo: { mediaType: 'image/png', widthPx: 300, heightPx: 441, dpi: 72, bytes: 9 } })
    expect(wrong.reasons.map(({ code }: { code: string }) => code)).to.deep.equal(Array(4).fill('PHOTO_NOT_STANDARD'))
  })

  it('writes into the ledger what it did, without a person in it', async () => {
    const text = JSON.stringify((await call(`${url}/v1/ledger`)).body)
    expect(text).to.not.include(citizen.idNumber).and.not.include(citizen.name)
  })
})
