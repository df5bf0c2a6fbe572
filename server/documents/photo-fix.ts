import sharp from 'sharp'
import type { Sharp } from 'sharp'
import { CARD_PHOTO, portraitOf } from './photo-canvas.ts'
import type { PhotoStandard } from './photo-canvas.ts'

const LEAST_QUALITY = 60
const MOST_QUALITY = 100
/** Below it the file is right by either meaning of the notice's "50K". */
const CAREFUL_BYTES = 50 * 1000

/**
 * Draws a picture anew as the card's maker wants it: cropped and resized to the standard, sRGB, as good as its file size allows,
 * with the resolution where a maker of cards looks for it and no other metadata. The ground is never repainted. Answers null when
 * no quality brings the file into the range (a picture with next to nothing on it).
 */
export async function fixPhoto(bytes: Buffer, options: Partial<PhotoStandard> = {}): Promise<Buffer | null> {
  const standard = { ...CARD_PHOTO, ...options }
  const { data, info } = await (await portraitOf(bytes, standard)).raw().toBuffer({ resolveWithObject: true })
  // Read once: a telephone's picture takes longer to open than the small one takes to be written seven times.
  const portrait = sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } })
  const most = Math.min(standard.maxBytes, CAREFUL_BYTES)
  let best: Buffer | null = null
  let [low, high] = [LEAST_QUALITY, MOST_QUALITY]
  while (low <= high) {
    const quality = Math.floor((low + high) / 2)
    const drawn = withResolution(await draw(portrait, quality), standard.dpi)
    if (drawn.length > most) high = quality - 1
    else {
      best = drawn
      low = quality + 1
    }
  }
  return best !== null && best.length >= standard.minBytes ? best : null
}

function draw(portrait: Sharp, quality: number): Promise<Buffer> {
  return portrait.clone().jpeg({ quality, chromaSubsampling: '4:4:4' }).toBuffer()
}

/**
 * Puts the resolution into a JFIF header behind the start of the picture: sharp writes none, and its own way of telling the
 * resolution (EXIF) is not read by every maker of cards.
 */
function withResolution(jpeg: Buffer, dpi: number): Buffer {
  const header = Buffer.from('ffe000104a46494600010101000000000000', 'hex')
  header.writeUInt16BE(dpi, 12)
  header.writeUInt16BE(dpi, 14)
  // A header that is there already gives way.
  const rest = jpeg.readUInt16BE(2) === 0xffe0 ? 4 + jpeg.readUInt16BE(4) : 2
  return Buffer.concat([jpeg.subarray(0, 2), header, jpeg.subarray(rest)])
}
