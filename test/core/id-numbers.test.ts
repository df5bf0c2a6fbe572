import { expect } from 'chai'
import { checkDigit, checkIdNumber, idProblemMessages, idTypes, isChinesePassport, isSocialCreditCode, normaliseIdNumber } from '../../core/id-numbers.ts'
import type { IdType } from '../../core/id-numbers.ts'

const ok = (type: IdType, number: string): boolean => checkIdNumber(type, number).ok
const code = (type: IdType, number: string, today?: string) => checkIdNumber(type, number, today).code
const withDigit = (first17: string): string => first17 + checkDigit(first17)

describe('core/id-numbers', () => {
  it('reads birth date and sex of the standard\'s sample', () => {
    expect(checkIdNumber('resident-id', '11010519491231002X')).to.deep.equal({ ok: true, number: '11010519491231002X', birthDate: '1949-12-31', sex: 'female' })
    expect(checkIdNumber('resident-id', withDigit('45010319900101001'))).to.include({ birthDate: '1990-01-01', sex: 'male' })
  })

  it('accepts what people paste: full-width digits, blanks, a small x', () => {
    expect(normaliseIdNumber(' １１０１０５ 19491231002ｘ ')).to.equal('11010519491231002X')
    expect(ok('resident-id', ' １１０１０５ 19491231002ｘ ')).to.equal(true)
  })

  it('names what is wrong with a resident number', () => {
    expect(code('resident-id', '110105194912310021')).to.equal('ID_NUMBER_CHECK_DIGIT')
    expect(code('resident-id', '110105491231002')).to.equal('ID_NUMBER_OLD_EDITION')
    expect(code('resident-id', '1101051949123100')).to.equal('ID_NUMBER_FORMAT')
    expect(code('resident-id', '11010519491231002Y')).to.equal('ID_NUMBER_FORMAT')
    expect(code('resident-id', withDigit('11010519490230002'))).to.equal('ID_NUMBER_BIRTH_DATE')
    expect(code('resident-id', withDigit('10010519491231002'))).to.equal('ID_NUMBER_ADDRESS')
    expect(code('resident-id', withDigit('45010320990101001'), '2026-11-23')).to.equal('ID_NUMBER_BIRTH_DATE')
  })

  it('finds every wrong digit and every swap of neighbours', () => {
    const good = '11010519491231002X'
    for (let index = 0; index < 17; index++) {
      const wrong = String((Number(good[index]) + 1) % 10)
      expect(ok('resident-id', good.slice(0, index) + wrong + good.slice(index + 1)), `digit ${index}`).to.equal(false)
      const swapped = good.slice(0, index) + good[index + 1] + good[index] + good.slice(index + 2)
      if (swapped !== good) expect(ok('resident-id', swapped), `swap ${index}`).to.equal(false)
    }
  })

  it('keeps the residence permits of 81, 82, 83 and the foreigners\' 9 apart from residents', () => {
    for (const number of ['810000199408230021', '830000199201300022']) {
      expect(ok('hmt-residence-permit', number), number).to.equal(true)
      expect(code('resident-id', number)).to.equal('ID_NUMBER_ADDRESS')
    }
    expect(code('hmt-residence-permit', '11010519491231002X')).to.equal('ID_NUMBER_ADDRESS')
    const foreigner = withDigit('91184019850615001')
    expect(checkIdNumber('foreign-permanent-residence', foreigner)).to.deep.equal({ ok: true, number: foreigner, birthDate: '1985-06-15' })
    expect(checkIdNumber('foreign-permanent-residence', 'usa110085061501')).to.deep.equal({ ok: true, number: 'USA110085061501' })
    expect(code('foreign-permanent-residence', 'USA11008506150')).to.equal('ID_NUMBER_FORMAT')
    expect(code('resident-id', 'USA110085061501')).to.equal('ID_NUMBER_FORMAT')
    expect(code('resident-id', foreigner)).to.equal('ID_NUMBER_ADDRESS')
  })

  it('follows the rules of permits and passports', () => {
    for (const number of ['H12345678', 'M1234567801', 'h12345678']) expect(ok('hm-travel-permit', number), number).to.equal(true)
    for (const number of ['A12345678', 'H1234567', 'H123456789']) expect(code('hm-travel-permit', number), number).to.equal('ID_NUMBER_FORMAT')
    expect(ok('tw-travel-permit', '12345678')).to.equal(true)
    expect(ok('tw-travel-permit', '1234567890')).to.equal(false)
    for (const number of ['E12345678', 'EA1234567', 'G12345678', 'PE1234567']) expect(isChinesePassport(number) && ok('passport', number), number).to.equal(true)
    for (const number of ['EI1234567', 'E1234567']) expect(isChinesePassport(number), number).to.equal(false)
    expect(ok('passport', 'X 123 45678')).to.equal(true)
    expect(ok('passport', '护照1')).to.equal(false)
  })

  it('checks papers that carry the resident number by its rule, and the rest loosely', () => {
    for (const type of ['household-book', 'temporary-id'] as const) {
      expect(ok(type, '11010519491231002X')).to.equal(true)
      expect(ok(type, '110105194912310021')).to.equal(false)
    }
    for (const type of ['social-security-card', 'exit-entry', 'other'] as const) expect(ok(type, 'AB123456')).to.equal(true)
    for (const type of idTypes) expect(ok(type, ''), type).to.equal(false)
  })

  it('has words for every problem', () => {
    expect(Object.keys(idProblemMessages)).to.have.length(5)
  })

  it('checks the credit code of an organisation', () => {
    expect(isSocialCreditCode('91350100M000100Y43')).to.equal(true)
    expect(isSocialCreditCode('91350100m000100y43')).to.equal(true)
    expect(isSocialCreditCode('91350100M000100Y44')).to.equal(false)
    expect(isSocialCreditCode('91350100I000100Y43')).to.equal(false)
  })
})
