import sharp from 'sharp'
import type { Metadata, Sharp } from 'sharp'

/** What the ministry asks of the photo of a social-security card, and where a machine draws the line. */
export interface PhotoStandard {
  readonly widthPx: number
  readonly heightPx: number
  readonly dpi: number
  /** Density is a whole number of dots per centimetre in some files, so it may miss by one. */
  readonly dpiTolerance: number
  readonly minBytes: number
  readonly maxBytes: number
  readonly maxPixels: number
  /** Further enlarged, a picture is a blur. */
  readonly maxEnlargement: number
  /** More cut away, a picture was no portrait. */
  readonly maxCropShare: number
  /** The ground is looked for in the top rows, and in the side columns over the upper part of the height. */
  readonly bandTopShare: number
  readonly bandSideShare: number
  readonly bandHeightShare: number
  /** A pixel is white when its least channel reaches `whiteMin` and its channels differ by at most `whiteSpread`. */
  readonly whiteMin: number
  readonly whiteSpread: number
  /** From here on the ground is white; between the two a person looks. */
  readonly whitePass: number
  readonly whiteReview: number
  readonly borderPx: number
  readonly borderDarker: number
  /** Mean difference between the channels in the middle; at or below it the photo is grey. */
  readonly minChroma: number
}

/**
 * Notice, 五: 白底免冠无边框彩色, 358×441 像素, 350DPI, 30K～50K, jpg. Whether its K is 1000 or 1024 bytes is not said, so the
 * wider range counts. The lines of ground, border and colour were tried on drawn portraits only: to be tuned on real ones.
 */
export const CARD_PHOTO: PhotoStandard = {
  widthPx: 358, heightPx: 441, dpi: 350, dpiTolerance: 1, minBytes: 30 * 1000, maxBytes: 50 * 1024,
  maxPixels: 40_000_000, maxEnlargement: 1.25, maxCropShare: 0.25,
  bandTopShare: 0.06, bandSideShare: 0.08, bandHeightShare: 0.55,
  whiteMin: 235, whiteSpread: 15, whitePass: 0.97, whiteReview: 0.9,
  borderPx: 2, borderDarker: 25, minChroma: 8
}

/** What the picture says of itself. Rejects when it is broken or larger than the standard reads. */
export function readMetadata(bytes: Buffer, { maxPixels }: PhotoStandard): Promise<Metadata> {
  return sharp(bytes, { limitInputPixels: maxPixels, failOn: 'error' }).metadata()
}

export interface Crop {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  /** The larger of the shares of width and height that are cut away. */
  readonly cutShare: number
  /** Above 1 the rest has to be enlarged. */
  readonly enlargement: number
}

/** The part of an upright picture that has the proportions of the standard: the middle of the width, the top of the height. */
export function cropOf({ width, height }: { readonly width: number; readonly height: number }, standard: PhotoStandard): Crop {
  const { widthPx, heightPx } = standard
  const scale = Math.min(width / widthPx, height / heightPx)
  const [kept, keptHeight] = [Math.max(1, Math.round(widthPx * scale)), Math.max(1, Math.round(heightPx * scale))]
  return {
    left: Math.floor((width - kept) / 2), top: 0, width: kept, height: keptHeight,
    cutShare: Math.max(1 - kept / width, 1 - keptHeight / height), enlargement: 1 / scale
  }
}

/**
 * The picture as it would be printed on the card: upright, cropped, resized, sRGB. Nothing is painted: what was transparent shows
 * black, as no ground is known there.
 */
export async function portraitOf(bytes: Buffer, standard: PhotoStandard): Promise<Sharp> {
  const { autoOrient } = await readMetadata(bytes, standard)
  const { left, top, width, height } = cropOf(autoOrient, standard)
  const picture = sharp(bytes, { limitInputPixels: standard.maxPixels, failOn: 'error' })
    .autoOrient().flatten({ background: 'black' }).toColourspace('srgb')
  if (autoOrient.width === standard.widthPx && autoOrient.height === standard.heightPx) return picture
  return picture.extract({ left, top, width, height }).resize(standard.widthPx, standard.heightPx, { fit: 'fill' })
}
