import sharp from 'sharp'
import { printDocument } from './papers/render.ts'

/** Long side of a page, px: A4 at 200 dpi, on which a stamp and small print stay readable. */
const LONG_SIDE = 2340
const QUALITY = 80
/** A4 in points. */
const [SHORT, LONG] = [595.28, 841.89]

/** Binds scanned pages (JPEG or PNG) in their order to one PDF, each page upright or across as its picture is. */
export async function bindPages(pages: readonly Buffer[], title: string, at: number): Promise<Buffer> {
  const pictures = await Promise.all(pages.map(async bytes => {
    const { data, info } = await sharp(bytes).rotate().flatten({ background: 'white' })
      .resize({ width: LONG_SIDE, height: LONG_SIDE, fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: QUALITY }).toBuffer({ resolveWithObject: true })
    return { image: `data:image/jpeg;base64,${data.toString('base64')}`, isAcross: info.width > info.height }
  }))
  return printDocument({
    info: { title, creationDate: new Date(at) },
    pageSize: 'A4', pageMargins: 0,
    content: pictures.map(({ image, isAcross }, index) => ({
      image, fit: isAcross ? [LONG, SHORT] : [SHORT, LONG], alignment: 'center',
      pageOrientation: isAcross ? 'landscape' : 'portrait', ...(index > 0 && { pageBreak: 'before' })
    }))
  } as Parameters<typeof printDocument>[0])
}
