import { expect } from 'chai'
import type { AppError } from '../../../../core/errors.ts'
import { readCard, remarksOn } from '../../../../server/services/intake/card-reading.ts'
import { withCheckDigit } from '../../../support/people.ts'

const TODAY = '2026-03-24'
const NUMBER = withCheckDigit('45010319880115002')
const WHOLE = {
  name: '韦安宁', idType: 'resident-id', idNumber: NUMBER, sex: 'female', birthDate: '1988-01-15', ethnicity: '壮族',
  address: '广西南宁市青秀区民族大道1号', issuer: '南宁市公安局青秀分局', validFrom: '2019-06-18', validUntil: '2039-06-18'
}
const refusal = (text: string): AppError => {
  try {
    readCard(text, TODAY)
  } catch (error) {
    return error as AppError
  }
  throw new Error('was read')
}

describe('services/intake/card-reading', () => {
  const lines: Record<string, string> = {
    'a line parted by bars': `韦安宁|女|壮|19880115|广西南宁市青秀区民族大道1号|${NUMBER}|南宁市公安局青秀分局|20190618-20390618`,
    'a line parted by blanks': `韦安宁 女 壮族 1988.01.15 广西南宁市青秀区民族大道1号 ${NUMBER} 南宁市公安局青秀分局 2019.06.18-2039.06.18`,
    'another order, by tabs': `${NUMBER}\t韦安宁\t女\t壮\t1988-01-15\t南宁市公安局青秀分局\t广西南宁市青秀区民族大道1号\t20190618-20390618`,
    'labels': `姓名：韦安宁，性别：女，民族：壮，出生：1988年1月15日，住址：广西南宁市青秀区民族大道1号，公民身份号码：${NUMBER}，签发机关：南宁市公安局青秀分局，有效期限：2019.06.18-2039.06.18`,
    'JSON with English names': JSON.stringify({
      name: '韦安宁', sex: '女', nation: '壮', birth: '19880115', address: '广西南宁市青秀区民族大道1号', id_number: NUMBER.toLowerCase(),
      authority: '南宁市公安局青秀分局', validFrom: '20190618', validUntil: '20390618'
    }),
    'JSON with Chinese names': JSON.stringify({
      姓名: '韦安宁', 性别: '女', 民族: '壮族', 出生日期: '1988-01-15', 住址: '广西南宁市青秀区民族大道1号', 公民身份号码: NUMBER, 签发机关: '南宁市公安局青秀分局',
      有效期限: '20190618-20390618'
    })
  }
  for (const [what, line] of Object.entries(lines)) {
    it(`reads ${what}`, () => expect(readCard(line, TODAY)).to.deep.equal(WHOLE))
  }

  it('leaves a nationality as the card writes it, and completes a short one', () => {
    for (const [written, read] of [['壮', '壮族'], ['壮族', '壮族'], ['穿青人', '穿青人'], ['其他', '其他']] as const) {
      expect(readCard(`姓名：韦安宁，民族：${written}，公民身份号码：${NUMBER}`, TODAY).ethnicity).to.equal(read)
    }
  })

  it('takes a name and a number typed by hand, full-width or small, and reads sex and birth date from the number', () => {
    const full = [...NUMBER].map(character => String.fromCharCode(character.charCodeAt(0) + 0xfee0)).join('')
    expect(readCard(`韦安宁 ${full}`, TODAY)).to.deep.equal({ name: '韦安宁', idType: 'resident-id', idNumber: NUMBER, sex: 'female', birthDate: '1988-01-15' })
  })

  it('knows the residence permit of Hong Kong, Macao and Taiwan by its number, and 长期', () => {
    const permit = withCheckDigit('81000019900301002')
    expect(readCard(`陈大文|男|19900301|${permit}|20200101-长期`, TODAY)).to.include({ idType: 'hmt-residence-permit', idNumber: permit, validUntil: '长期' })
  })

  it('names what is missing or wrong, and asks for another try', () => {
    expect(refusal(NUMBER).fields).to.deep.equal([{ path: '/reading/name', code: 'REQUIRED', message: '没有读到姓名，请重新刷卡，或手工输入“姓名 证件号码”' }])
    const wrong = NUMBER.slice(0, 17) + (NUMBER.endsWith('1') ? '2' : '1')
    expect(refusal(`韦安宁 ${wrong}`).fields).to.deep.equal([
      { path: '/reading/idNumber', code: 'ID_NUMBER_CHECK_DIGIT', message: '证件号码的最后一位校验不符，请按证件核对' }
    ])
    expect(refusal('{"broken').code).to.equal('FORM_INVALID')
  })

  it('tells the clerk of a card that is out of date or contradicts its number, and silently overwrites nothing', () => {
    expect(remarksOn(readCard(lines['a line parted by bars']!, TODAY), TODAY)).to.deep.equal([])
    const odd = readCard(`韦安宁|男|19880116|${NUMBER}|20060101-20260101`, TODAY)
    expect(odd).to.include({ sex: 'male', birthDate: '1988-01-16' })
    expect(remarksOn(odd, TODAY)).to.deep.equal([
      '证件已于 2026-01-01 到期，请核对是否有新证。', '证件上的性别与号码不一致，请核对证件。', '证件上的出生日期与号码不一致，请核对证件。'
    ])
  })
})
