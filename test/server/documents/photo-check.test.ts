import { expect } from 'chai'
import sharp from 'sharp'
import { checkPhoto } from '../../../server/documents/photo-check.ts'
import { fixPhoto } from '../../../server/documents/photo-fix.ts'
import { drawPortrait } from '../../support/portrait.ts'
import type { PortraitStyle } from '../../support/portrait.ts'

/** The standard's file: what `fixPhoto` makes, which every other case departs from by one thing. */
const good = async (style?: PortraitStyle) => (await fixPhoto(await (await drawPortrait(style)).png().toBuffer()))!
const codesOf = async (bytes: Buffer, options?: Parameters<typeof checkPhoto>[1]) => (await checkPhoto(bytes, options)).map(({ code }) => code)
const png = async (style: PortraitStyle) => (await drawPortrait(style)).withDensity(350).png().toBuffer()
/** Findings about the picture alone, whatever the file. */
const shownBy = async (style: PortraitStyle) => (await codesOf(await png(style)))
  .filter(code => !['PHOTO_FORMAT', 'PHOTO_FILE_SIZE', 'PHOTO_DPI'].includes(code))

describe('documents/photo-check', () => {
  it('finds nothing in a photo of the standard', async () => {
    expect(await checkPhoto(await good())).to.deep.equal([])
  })

  it('names each departure of the file, all of them mendable', async () => {
    const file = await good()
    const cases: [string, Buffer, string[]][] = [
      ['72 dpi', Buffer.from(file).fill(Buffer.from('00480048', 'hex'), 14, 18), ['PHOTO_DPI']],
      ['no density', Buffer.concat([file.subarray(0, 2), file.subarray(20)]), ['PHOTO_DPI']],
      ['turned', await sharp(file).rotate(180).withMetadata({ orientation: 3, density: 350 }).jpeg({ quality: 94 }).toBuffer(), ['PHOTO_ORIENTATION']],
      ['CMYK', await sharp(file).toColourspace('cmyk').withDensity(350).jpeg({ quality: 80 }).toBuffer(), ['PHOTO_COLOUR_SPACE']],
      ['too few bytes', await sharp(file).withDensity(350).jpeg({ quality: 40 }).toBuffer(), ['PHOTO_FILE_SIZE']],
      ['too many bytes', Buffer.concat([file, Buffer.alloc(30_000)]), ['PHOTO_FILE_SIZE']],
      ['larger', await sharp(file).resize(716, 882).withDensity(350).jpeg({ quality: 50 }).toBuffer(), ['PHOTO_DIMENSIONS']]
    ]
    for (const [name, bytes, expected] of cases) {
      const found = await checkPhoto(bytes)
      expect(found.map(({ code }) => code), name).to.include.members(expected)
      expect(found.filter(({ code }) => code !== 'PHOTO_FILE_SIZE').map(({ code }) => code), name)
        .to.have.members(expected.filter(code => code !== 'PHOTO_FILE_SIZE'))
      for (const { isFixable, message } of found) expect([isFixable, message.includes('，请')], message).to.deep.equal([true, true])
    }
    expect(await codesOf(await png({}))).to.include('PHOTO_FORMAT')
  })

  it('tells white grounds from others, border from ground, and grey from colour', async () => {
    const cases: [string, PortraitStyle, string[]][] = [
      ['white', {}, []],
      ['nearly white', { ground: '#f4f4f4' }, []],
      ['light grey', { ground: '#e8e8e8' }, ['PHOTO_GROUND']],
      ['blue', { ground: '#438edb' }, ['PHOTO_GROUND']],
      ['tinted', { ground: '#fff0d8' }, ['PHOTO_GROUND']],
      ['a dark corner', { corner: 0.1 }, ['PHOTO_GROUND_DOUBTFUL']],
      ['a black frame', { frame: '#000000' }, ['PHOTO_GROUND', 'PHOTO_BORDER']],
      ['grey', { isGrey: true }, ['PHOTO_NOT_COLOUR']]
    ]
    for (const [name, style, expected] of cases) expect(await shownBy(style), name).to.include.members(expected)
    for (const name of ['white', 'nearly white']) expect(await shownBy(cases.find(([one]) => one === name)![1]), name).to.deep.equal([])
  })

  it('says of what cannot be mended that it cannot', async () => {
    for (const bytes of [await png({ ground: '#438edb' }), await png({ isGrey: true }), await png({ width: 200, height: 246 })]) {
      const fatal = (await checkPhoto(bytes)).filter(({ isFixable }) => !isFixable)
      expect(fatal, JSON.stringify(fatal)).to.have.length(1)
      expect(fatal[0]!.message).to.match(/^照片.+，请.+。$/)
    }
    expect(await codesOf(await png({ width: 200, height: 246 }))).to.include('PHOTO_TOO_SMALL')
    expect(await codesOf(await png({ width: 882, height: 441 }))).to.include('PHOTO_PROPORTION')
    expect(await codesOf(Buffer.from('no picture'))).to.deep.equal(['PHOTO_UNREADABLE'])
    expect(await codesOf(await good(), { maxPixels: 1000 })).to.deep.equal(['PHOTO_UNREADABLE'])
  })

  it('takes every line as an option', async () => {
    const file = await good()
    expect(await codesOf(file, { maxBytes: 10_000 })).to.deep.equal(['PHOTO_FILE_SIZE'])
    expect(await codesOf(file, { dpi: 300 })).to.deep.equal(['PHOTO_DPI'])
    expect(await codesOf(file, { whiteMin: 256 })).to.deep.equal(['PHOTO_GROUND'])
    expect(await codesOf(file, { minChroma: 255 })).to.deep.equal(['PHOTO_NOT_COLOUR'])
  })
})
