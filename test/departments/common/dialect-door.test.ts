import { expect } from 'chai'
import { departmentsFixture } from '../../workers/departments-fixture.ts'
import type { DepartmentsFixture } from '../../workers/departments-fixture.ts'

const PERSON = { AAC003: '马文静', AAC058: '01', AAC147: '640104199105140327' }

describe('a department that is spoken to in a region\'s own words', () => {
  let departments: DepartmentsFixture
  before(async () => { departments = await departmentsFixture(['hrss', 'data-sharing']) })
  after(() => departments.stop())

  async function send(department: 'hrss' | 'data-sharing', kind: string, body: object, id = `item:${kind}:1`) {
    const response = await fetch(`${departments.urls[department]}/v1/requests/${kind}`, {
      method: 'POST', headers: { 'content-type': 'application/json', 'x-request-id': id }, body: JSON.stringify(body)
    })
    return { status: response.status, body: await response.json() as Record<string, never> }
  }

  it('does the same business, answers in the same words, and again when asked by the request id', async () => {
    const { status, body } = await send('hrss', 'JY01', { ...PERSON, ACC0D1: '3', ACA111: '网约配送员', ACC0D2: '2026-03-02' })
    expect(status, JSON.stringify(body)).to.equal(200)
    expect(body.result).to.have.all.keys('ACC0D0', 'AAE036')
    const again = await fetch(`${departments.urls.hrss}/v1/requests/item:JY01:1`)
    expect(await again.json()).to.deep.equal(body)
    expect((await departments.ledger('hrss')).map(({ kind }) => kind)).to.deep.equal(['JY01'])
  })

  it('turns codes into the register\'s own and back', async () => {
    const { body } = await send('hrss', 'CB09', { AAC147: PERSON.AAC147, AAE140: '110' })
    expect(body.result).to.deep.equal({ AAC031: '0', AAE140: '110', AAE030: null })
  })

  it('answers members of members in the same words', async () => {
    const { body } = await send('data-sharing', 'GX0001', { XM: PERSON.AAC003, ZJLX: '111', ZJHM: PERSON.AAC147 })
    expect(body.result).to.deep.include({ HCJG: '1', JYZT: '3', CBXZ: [], HJ: { XZQH: '640104001002', DZ: '解放东街12号2栋301房' } })
  })

  it('refuses our own names at that door, and keeps the contract', async () => {
    const strange = await send('hrss', 'CB01', { name: '马文静', AAC058: '01', AAC147: PERSON.AAC147 }, 'strange:CB01:1')
    expect([strange.status, strange.body.code]).to.deep.equal([422, 'FORM_INVALID'])
    const without = await send('hrss', 'CB01', { AAC003: '马文静', AAC058: '01' }, 'without:CB01:1')
    expect(without.status).to.equal(422)
  })
})
