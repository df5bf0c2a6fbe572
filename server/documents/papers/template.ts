import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import { blockContent } from './blocks.ts'
import { chineseDay } from './chinese.ts'
import { FONT } from './fonts.ts'
import type { Paper } from './paper.ts'

const MARGIN = 48
/** Width of an A4 page between its margins, in points. */
const WIDTHS = { portrait: 595.28 - 2 * MARGIN, landscape: 841.89 - 2 * MARGIN }
/** Font size of the body, in points. */
const SIZES = { form: 9, letter: 11.5, sheet: 9 } as const

/** The one layout of all papers: title, number and QR code, addressee, body, issuer and date, page numbers, metadata. */
export function documentOf(paper: Paper): TDocumentDefinitions {
  const pageOrientation = paper.style === 'sheet' ? 'landscape' : 'portrait'
  const place = { width: WIDTHS[pageOrientation], size: SIZES[paper.style] }
  return {
    version: '1.7',
    subset: 'PDF/A-3b',
    language: 'zh-CN',
    displayTitle: true,
    pageSize: 'A4',
    pageOrientation,
    pageMargins: [MARGIN, 44, MARGIN, 50],
    info: {
      title: paper.number ? `${paper.title} ${paper.number}` : paper.title,
      subject: paper.title,
      author: paper.issuer ?? '灵活就业参保“一件事”',
      creator: '灵活就业参保“一件事”',
      producer: '灵活就业参保“一件事”',
      creationDate: new Date(paper.issuedAt)
    },
    defaultStyle: { font: FONT, fontSize: place.size, lineHeight: 1.2 },
    ...(paper.watermark ? { watermark: { text: paper.watermark, font: FONT, fontSize: 96, color: '#808080', opacity: 0.18, bold: true } } : {}),
    footer: (page: number, pages: number) => footer(paper, page, pages),
    content: [
      head(paper),
      ...(paper.addressee ? [{ text: `${paper.addressee}：`, margin: [0, 4, 0, 6] } as Content] : []),
      ...paper.blocks.map(block => blockContent(block, place)),
      ...ending(paper)
    ]
  } as TDocumentDefinitions
}

function head({ title, number, checkUrl, checkCode, style }: Paper): Content {
  const side = 84
  const qr: Content = checkUrl === null ? { text: '' } : {
    stack: [
      { qr: checkUrl, fit: 72, eccLevel: 'M', alignment: 'right' },
      { text: `核验码 ${checkCode ?? ''}`, fontSize: 6.5, alignment: 'right', margin: [0, 2, 0, 0] }
    ]
  }
  return {
    columns: [
      { width: side, text: '' },
      {
        width: '*',
        stack: [
          { text: title, fontSize: style === 'letter' ? 20 : 17, bold: true, alignment: 'center', margin: [0, 14, 0, 6] },
          { text: number ? `办件编号：${number}` : '', fontSize: 9.5, alignment: 'center' }
        ]
      },
      { width: side, stack: [qr] }
    ],
    margin: [0, 0, 0, 10]
  }
}

function ending({ issuer, issuedAt }: Paper): Content[] {
  if (issuer === null) return []
  return [{ stack: [issuer, chineseDay(issuedAt)], alignment: 'right', margin: [0, 22, 20, 0], unbreakable: true }]
}

function footer({ checkUrl }: Paper, page: number, pages: number): Content {
  return {
    margin: [MARGIN, 16, MARGIN, 0],
    fontSize: 7.5,
    color: '#444444',
    columns: [
      { width: '*', text: checkUrl ? '扫描首页二维码可核验本文书的真伪' : '' },
      { width: 'auto', text: `第 ${page} 页，共 ${pages} 页` }
    ]
  }
}
