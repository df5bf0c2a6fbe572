import { fileTypeFromBuffer } from 'file-type'
import sharp from 'sharp'
import type { Sharp } from 'sharp'
import { AppError } from '../../core/errors.ts'

/** What we keep of an upload: bytes of a known type that carry nothing but the picture or document. */
export interface CleanFile {
  readonly bytes: Buffer
  readonly mediaType: 'image/jpeg' | 'image/png' | 'application/pdf'
  readonly extension: 'jpg' | 'png' | 'pdf'
}

/** 40 million pixels: an A4 page at 600 dpi; more is a picture made to fill the memory. */
const MAX_PIXELS = 40_000_000
const JPEG_QUALITY = 92

/**
 * Takes the type from the content, never from the name, and draws pictures anew: what hides behind the picture (another format,
 * scripts, the place where it was taken) does not survive. Throws AppError FILE_TYPE_UNSUPPORTED.
 */
export async function cleanFile(bytes: Buffer): Promise<CleanFile> {
  const found = await fileTypeFromBuffer(bytes)
  switch (found?.mime) {
    case 'application/pdf':
      return { bytes, mediaType: 'application/pdf', extension: 'pdf' }
    case 'image/jpeg':
      return { bytes: await redraw(bytes, picture => picture.jpeg({ quality: JPEG_QUALITY })), mediaType: 'image/jpeg', extension: 'jpg' }
    case 'image/png':
      return { bytes: await redraw(bytes, picture => picture.png()), mediaType: 'image/png', extension: 'png' }
    default:
      throw new AppError('FILE_TYPE_UNSUPPORTED')
  }
}

async function redraw(bytes: Buffer, encode: (picture: Sharp) => Sharp): Promise<Buffer> {
  try {
    const picture = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
    const { density } = await picture.metadata()
    // The resolution stays, as it tells how large a scan is on paper; the empty EXIF keeps withDensity from taking over the rest.
    const upright = density ? picture.rotate().withExif({}).withDensity(density) : picture.rotate()
    return await encode(upright).toBuffer()
  } catch (cause) {
    throw new AppError('FILE_TYPE_UNSUPPORTED', { detail: '图片已损坏或过大，无法读取，请换一张再上传。', cause })
  }
}
