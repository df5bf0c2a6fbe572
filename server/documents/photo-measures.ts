import type { PhotoStandard } from './photo-canvas.ts'

/** An upright picture of three channels a pixel, row by row. */
export interface Pixels {
  readonly data: Buffer
  readonly width: number
  readonly height: number
}

export interface PhotoMeasures {
  /** Share of white pixels in the band where the ground shows. */
  readonly whiteShare: number
  /** How much darker than the band's mean the darkest of the three free edges is; below 0 for a lighter one. */
  readonly borderDarker: number
  /** Mean difference between the channels in the middle of the picture. */
  readonly chroma: number
}

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Looks at the ground beside and above the head, at the edges, and at the middle. */
export function measurePhoto(pixels: Pixels, standard: PhotoStandard): PhotoMeasures {
  const { width, height } = pixels
  const { borderPx: edge, bandTopShare, bandSideShare, bandHeightShare } = standard
  const top = Math.round(height * bandTopShare)
  const side = Math.round(width * bandSideShare)
  const low = Math.round(height * bandHeightShare)
  // The outermost pixels are the border's affair.
  const band = [
    { x: edge, y: edge, width: width - 2 * edge, height: top - edge },
    { x: edge, y: top, width: side - edge, height: low - top },
    { x: width - side, y: top, width: side - edge, height: low - top }
  ]
  const edges = [
    { x: 0, y: 0, width, height: edge },
    { x: 0, y: 0, width: edge, height: low },
    { x: width - edge, y: 0, width: edge, height: low }
  ]
  const [wide, high] = [Math.round(width / 2), Math.round(height / 2)]
  const middle = { x: Math.round(width / 4), y: Math.round(height / 4), width: wide, height: high }
  const isWhite = (least: number, most: number) => Number(least >= standard.whiteMin && most - least <= standard.whiteSpread)
  const grey = (least: number, most: number) => (least + most) / 2
  const ground = mean(pixels, band, grey)
  return {
    whiteShare: mean(pixels, band, isWhite),
    borderDarker: Math.max(...edges.map(box => ground - mean(pixels, [box], grey))),
    chroma: mean(pixels, [middle], (least, most) => most - least)
  }
}

function mean({ data, width }: Pixels, boxes: readonly Box[], of: (least: number, most: number) => number): number {
  let sum = 0
  let count = 0
  for (const box of boxes) {
    for (let y = box.y; y < box.y + box.height; y++) {
      for (let x = box.x; x < box.x + box.width; x++) {
        const [red, green, blue] = pixelAt(data, (y * width + x) * 3)
        sum += of(Math.min(red, green, blue), Math.max(red, green, blue))
        count++
      }
    }
  }
  return count === 0 ? 0 : sum / count
}

function pixelAt(data: Buffer, at: number): [number, number, number] {
  return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0]
}
