import { expect } from 'chai'
import { isValidOn, readLicences } from '../../core/licences.ts'

describe('licences', () => {
  it('are read from what the platform tells; an entry without type or number is none', () => {
    const given = [
      { type: 'disability', name: '残疾人证', number: '45010319900816024421', issuedAt: '2020-01-01', validUntil: '2030-01-01', issuer: '残联', level: '一级' },
      { type: 'residence-permit', number: 'X1' }, { type: 'resident-id' }, { number: '1' }, null, 'text'
    ]
    expect(readLicences(given)).to.deep.equal([
      { type: 'disability', name: '残疾人证', number: '45010319900816024421', issuedAt: '2020-01-01', validUntil: '2030-01-01', issuer: '残联' },
      { type: 'residence-permit', name: 'residence-permit', number: 'X1', issuedAt: null, validUntil: null, issuer: null }
    ])
    expect(readLicences(undefined)).to.deep.equal([])
  })

  it('are valid from the first to the last day, both included', () => {
    const licence = { issuedAt: '2026-01-10', validUntil: '2026-03-24' }
    expect(['2026-01-09', '2026-01-10', '2026-03-24', '2026-03-25'].map(day => isValidOn(licence, day))).to.deep.equal([false, true, true, false])
    expect(isValidOn({ issuedAt: null, validUntil: null }, '2026-03-24')).to.equal(true)
  })
})
