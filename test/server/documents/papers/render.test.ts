import { expect } from 'chai'
import type { Paper } from '../../../../server/documents/papers/paper.ts'
import { renderPaper } from '../../../../server/documents/papers/render.ts'
import { objectsOf, pdfText } from './pdf-text.ts'

const ISSUED = Date.parse('2026-03-24T23:30:00+08:00')
const paper: Paper = {
  title: '受理通知书', number: '45000020260324YJS0000017', addressee: '欧阳娜娜·买买提', issuer: '税务部门', issuedAt: ISSUED,
  checkUrl: 'http://localhost:3000/check?number=1&code=2', checkCode: 'ABCDEFGHJK', watermark: null, style: 'letter',
  blocks: [
    { kind: 'text', text: '名字里的字：䶮㛃𫖯堃，编号①②③，金额1,234.50元。' },
    { kind: 'fields', title: '小标题', fields: [{ label: '性别', cell: { choices: [{ label: '男', isChosen: false }, { label: '女', isChosen: true }] }, isWide: false }] },
    { kind: 'grid', columns: ['甲', '乙'], rows: [['一', '二']], total: ['合计', '——'] },
    { kind: 'notes', title: '须知', lines: ['1.第一条；', '2.第二条。'] }
  ]
}

describe('documents/papers/render', () => {
  let pdf: Buffer
  let raw: string
  before(async () => {
    pdf = await renderPaper(paper)
    raw = pdf.toString('latin1')
  })

  it('is PDF/A-3b: says so, defines its colours, embeds both weights and tells what each glyph means', () => {
    expect(raw.slice(0, 8)).to.equal('%PDF-1.7')
    const all = [...objectsOf(pdf).values()]
    const metadata = all.find(({ text }) => text.includes('/Type /Metadata'))?.stream ?? ''
    expect(metadata).to.match(/<pdfaid:part>3<\/pdfaid:part>/).and.to.match(/<pdfaid:conformance>B<\/pdfaid:conformance>/)
    expect(raw).to.match(/\/S \/GTS_PDFA1/).and.to.match(/\/DestOutputProfile \d+ 0 R/)
    const fonts = all.filter(({ text }) => text.includes('/Subtype /Type0'))
    expect(fonts.map(({ text }) => text.includes('/ToUnicode'))).to.deep.equal([true, true])
    expect(all.filter(({ text }) => text.includes('/FontFile2')).length).to.equal(2)
    expect(raw).not.to.match(/\/Type1\b|Helvetica|\/JavaScript|\/URI|\/Encrypt/)
  })

  it('has every title and value as text, rare characters, middle dots and circled digits too', () => {
    const text = pdfText(pdf)
    for (const part of ['受理通知书', '45000020260324YJS0000017', '欧阳娜娜·买买提：', '䶮㛃𫖯堃', '①②③', '小标题', '男', '女', '合计', '2.第二条。',
      '税务部门', '2026年3月24日', '第 1 页，共 1 页', 'ABCDEFGHJK']) {
      expect(text.replaceAll('\n', '')).to.contain(part)
    }
    expect(text).not.to.contain('\uFFFD')
  })

  it('carries title, language and day of issue in its metadata, and the same bytes follow from the same paper', async () => {
    expect(raw).to.contain('(D:20260324153000Z)')
    expect(raw).to.contain('/Lang (zh-CN)').and.to.contain('/DisplayDocTitle true')
    const withoutId = (bytes: Buffer): string => bytes.toString('latin1').replace(/[A-Z]{6}\+/g, '').replace(/\/ID \[.*\]/, '')
    expect(withoutId(await renderPaper(paper))).to.equal(withoutId(pdf))
  })

  it('ticks by drawing: the chosen box has two strokes more', async () => {
    const strokes = async (isChosen: boolean): Promise<number> => {
      const one = await renderPaper({ ...paper, blocks: [{ kind: 'fields', fields: [{ label: '甲', cell: { choices: [{ label: '乙', isChosen }] }, isWide: true }] }] })
      return [...objectsOf(one).values()].map(({ stream }) => stream).join().match(/ l\n/g)?.length ?? 0
    }
    expect(await strokes(true) - await strokes(false)).to.equal(2)
  })

  it('opens no file and fetches no address that a paper names', async () => {
    for (const image of ['/etc/hostname', 'http://127.0.0.1:1/x.png', 'package.json']) {
      const refused = await renderPaper({ ...paper, blocks: [{ kind: 'signature', label: '签名：', image, date: null }] })
        .then(() => 'printed', (error: Error) => error.message)
      expect(refused, image).to.match(/denied by resource access policy/)
    }
  })

  it('prints what no font could: control characters and broken pairs become blanks', async () => {
    const odd = await renderPaper({ ...paper, addressee: null, blocks: [{ kind: 'grid', columns: ['甲'], rows: [['a\u0000b\uD800c']] }] })
    expect(pdfText(odd).replaceAll('\n', '')).to.contain('a b c')
  })
})
