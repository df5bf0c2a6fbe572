import sharp from 'sharp'
import type { Sharp } from 'sharp'

export interface PortraitStyle {
  readonly width?: number
  readonly height?: number
  readonly ground?: string
  /** Colour of a frame of 6 px at 358 px of width. */
  readonly frame?: string
  readonly isGrey?: boolean
  /** False: shapes of one colour each, without the texture of skin and cloth. */
  readonly hasTexture?: boolean
  /** A dark corner, as a share of the width. */
  readonly corner?: number
}

/** A person drawn with a few shapes on a plain ground: nobody's face is kept in this repository. */
export async function drawPortrait(style: PortraitStyle = {}): Promise<Sharp> {
  const { width = 358, height = 441, ground = '#ffffff', frame, isGrey = false, hasTexture = true, corner = 0 } = style
  const scale = width / 358
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="100%" fill="${ground}"/>
    <g transform="scale(${scale} ${height / 441})">
      <ellipse cx="179" cy="470" rx="165" ry="150" fill="#1f3a6e"/>
      <rect x="150" y="270" width="58" height="80" fill="#d9a47c"/>
      <ellipse cx="179" cy="190" rx="88" ry="112" fill="#e3b28a"/>
      <path d="M88 190 Q90 62 179 66 Q268 62 270 190 Q240 110 179 112 Q118 110 88 190" fill="#22181c"/>
      <circle cx="146" cy="185" r="9" fill="#2b1d18"/><circle cx="212" cy="185" r="9" fill="#2b1d18"/>
      <path d="M148 245 Q179 265 210 245" stroke="#a04848" stroke-width="7" fill="none"/>
      <rect width="${corner * 358}" height="${corner * 358}" fill="#405060"/>
      ${frame ? `<rect x="3" y="3" width="352" height="435" fill="none" stroke="${frame}" stroke-width="6"/>` : ''}
    </g></svg>`
  const drawn = sharp(Buffer.from(svg)).flatten({ background: ground }).toColourspace('srgb')
  const flat = hasTexture ? drawn.composite([{ input: await texture(width, height), blend: 'over' }]) : drawn
  const picture = sharp(await flat.png().toBuffer()).removeAlpha()
  return isGrey ? picture.greyscale() : picture
}

/** Specks within head and clothes; the same at every run. */
async function texture(width: number, height: number): Promise<Buffer> {
  const data = Buffer.alloc(width * height * 4)
  let seed = 7
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      seed = (seed * 1103515245 + 12345) % 2147483648
      const inHead = ((x / width - 0.5) / 0.22) ** 2 + ((y / height - 0.43) / 0.24) ** 2 < 1
      const inClothes = y / height > 0.8 && Math.abs(x / width - 0.5) < 0.35
      if (inHead || inClothes) data.set([seed & 255, (seed >> 8) & 255, (seed >> 16) & 255, 26], (y * width + x) * 4)
    }
  }
  return sharp(data, { raw: { width, height, channels: 4 } }).png().toBuffer()
}
