import { inflateSync } from 'node:zlib'

/** Objects of a PDF by number: the text of each, and its stream with the compression taken off. */
interface PdfObject {
  readonly text: string
  readonly stream: string
}

/**
 * The text of a PDF as a reader would copy it: each glyph looked up in the ToUnicode table of its font. Knows what our printer
 * writes and no more; glyphs without entry come out as U+FFFD.
 */
export function pdfText(pdf: Buffer): string {
  const objects = objectsOf(pdf)
  const all = [...objects.values()]
  const fonts = new Map<string, Map<number, string>>()
  for (const { text } of all) {
    for (const [, name = '', number] of text.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const cmap = /\/ToUnicode (\d+) 0 R/.exec(objects.get(Number(number))?.text ?? '')?.[1]
      if (cmap) fonts.set(name, readCmap(objects.get(Number(cmap))?.stream ?? ''))
    }
  }
  const pages = all.filter(({ stream }) => /\bBT\b[\s\S]*\bTf\b/.test(stream))
  return pages.map(({ stream }) => pageText(stream, fonts)).join('\n')
}

export function objectsOf(pdf: Buffer): Map<number, PdfObject> {
  const raw = pdf.toString('latin1')
  const objects = new Map<number, PdfObject>()
  for (const match of raw.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const [, number, body = ''] = match
    const start = body.indexOf('stream\n')
    const text = start < 0 ? body : body.slice(0, start)
    const length = Number(/\/Length (\d+)/.exec(text)?.[1] ?? 0)
    const bytes = start < 0 ? Buffer.alloc(0) : Buffer.from(body.slice(start + 7, start + 7 + length), 'latin1')
    const isPacked = text.includes('/FlateDecode') && !text.includes('/Subtype /Image')
    objects.set(Number(number), { text, stream: (isPacked ? inflateSync(bytes) : bytes).toString('latin1') })
  }
  return objects
}

function readCmap(cmap: string): Map<number, string> {
  const glyphs = new Map<number, string>()
  for (const [, first = '', list = ''] of cmap.matchAll(/<(\w+)> <\w+> \[([^\]]*)\]/g)) {
    [...list.matchAll(/<([\w ]+)>/g)].forEach(([, hex = ''], index) => {
      const bytes = Buffer.from(hex.replaceAll(' ', ''), 'hex')
      glyphs.set(parseInt(first, 16) + index, bytes.swap16().toString('utf16le'))
    })
  }
  return glyphs
}

function pageText(stream: string, fonts: ReadonlyMap<string, ReadonlyMap<number, string>>): string {
  let font: ReadonlyMap<number, string> | undefined
  let text = ''
  for (const [, name, shown] of stream.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (name) font = fonts.get(name)
    for (const [, hex = ''] of (shown ?? '').matchAll(/<(\w+)>/g)) {
      for (const glyph of hex.match(/.{4}/g) ?? []) text += font?.get(parseInt(glyph, 16)) ?? '\uFFFD'
    }
    if (shown) text += '\n'
  }
  return text
}
