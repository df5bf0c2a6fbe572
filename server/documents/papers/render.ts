import pdfmake from 'pdfmake'
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js'
import { fonts, isFontFile } from './fonts.ts'
import type { Paper } from './paper.ts'
import { documentOf } from './template.ts'

// Nothing that stands in a paper may make the server fetch an address or open a file.
pdfmake.setUrlAccessPolicy(() => false)
pdfmake.setLocalAccessPolicy(isFontFile)
pdfmake.setFonts(fonts)

/** Prints a paper as PDF/A-3b: fonts embedded, colours defined, metadata inside, nothing loaded from outside. */
export function renderPaper(paper: Paper): Promise<Buffer> {
  return printDocument(documentOf(paper))
}

/** Prints what is no paper of ours, under the same bounds: nothing is fetched, no file but a font is opened. */
export async function printDocument(definition: TDocumentDefinitions): Promise<Buffer> {
  return Buffer.from(await pdfmake.createPdf(definition).getBuffer())
}
