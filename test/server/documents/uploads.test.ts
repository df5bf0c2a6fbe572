import { expect } from 'chai'
import { originalName } from '../../../server/documents/uploads.ts'

describe('documents/uploads', () => {
  // As the uploader hands it over: UTF-8 read as Latin-1.
  const garbled = (name: string): string => Buffer.from(name, 'utf8').toString('latin1')

  it('keeps the sender\'s name readable, with the ending of the real type', () => {
    expect(originalName(garbled('身份证.exe'), 'jpg')).to.equal('身份证.jpg')
  })

  it('takes folders, control characters and excess away', () => {
    const cases: [string, string][] = [
      ['../../etc/passwd', 'passwd.pdf'], ['C:\\Users\\x\\a.png', 'a.pdf'], ['a\r\nb\u202Egpj.png', 'abgpj.pdf'], ['', '材料.pdf'], ['...', '...pdf'],
      [`${'长'.repeat(200)}.png`, `${'长'.repeat(80)}.pdf`]
    ]
    for (const [given, expected] of cases) expect(originalName(garbled(given), 'pdf'), given).to.equal(expected.replace('...pdf', '...pdf'))
  })
})
