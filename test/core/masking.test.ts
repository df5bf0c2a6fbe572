import { expect } from 'chai'
import { maskAddress, maskBankCard, maskBirthDate, maskIdNumber, maskIdNumberForPublic, maskMobile, maskName, maskPass } from '../../core/masking.ts'

describe('core/masking', () => {
  it('masks ID numbers without the birth date', () => {
    expect(maskIdNumber('450103199001010020')).to.equal('450103********0020')
    expect(maskIdNumberForPublic('450103199001010020')).to.equal('4****************0')
    expect(maskIdNumber('H12345678')).to.equal('H1*****78')
  })

  it('masks mobiles, cards and passes', () => {
    expect(maskMobile('13812345678')).to.equal('138****5678')
    expect(maskMobile('0771')).to.equal('0**1')
    expect(maskBankCard('6222020000001234')).to.equal('************1234')
    expect(maskPass('E12345678')).to.equal('E1*****78')
    expect(maskPass('AB1234')).to.equal('A****4')
  })

  it('masks names, compound surnames too', () => {
    const cases = { 张三: '张*', 张小明: '张*明', 欧阳锋: '欧阳*', 欧阳娜娜: '欧阳*娜', 欧阳: '欧*', 阿卜杜拉: '阿**拉', 王: '*', '': '*', 𠮷田: '𠮷*' }
    for (const [name, masked] of Object.entries(cases)) expect(maskName(name), name).to.equal(masked)
  })

  it('keeps an address down to the county', () => {
    const cases = {
      广西壮族自治区南宁市青秀区民族大道1号: '广西壮族自治区南宁市青秀区****',
      宁夏回族自治区银川市永宁县杨和镇2号: '宁夏回族自治区银川市永宁县****',
      南宁市横州市峦城镇: '南宁市横州市****',
      广西壮族自治区河池市都安瑶族自治县安阳镇: '广西壮族自治区河池市都安瑶族自治县****',
      北京市朝阳区建国路1号: '北京市朝阳区****',
      南宁市青秀区民族大道1号: '南宁市青秀区****',
      广西壮族自治区: '广西壮族自治区****',
      民族大道1号: '****',
      '': '****'
    }
    for (const [address, masked] of Object.entries(cases)) expect(maskAddress(address), address).to.equal(masked)
  })

  it('keeps nothing of an address that only sounds like a division', () => {
    for (const detail of ['阳光小区3栋2单元501室', '老城区中山路5号', '民主市场12号', '县城东街8号', '广西壮族自治区阳光小区3栋', '南宁市阳光小区3栋']) {
      expect(maskAddress(detail), detail).to.match(/^(广西壮族自治区)?\*{4}$/)
    }
  })

  it('leaves the year of a birth date, so that the masked digits of the number stay masked', () => {
    expect(maskBirthDate('1990-01-01')).to.equal('1990-**-**')
    expect(maskBirthDate('19900101')).to.equal('****')
  })

  it('never shows a short value whole', () => {
    for (const mask of [maskIdNumber, maskIdNumberForPublic, maskMobile, maskName, maskBankCard, maskPass]) {
      for (const text of ['1', '12', '123', '1234']) expect(mask(text), `${mask.name} ${text}`).to.contain('*')
    }
  })
})
