import { expect } from 'chai'
import sharp from 'sharp'
import { checkPhoto } from '../../../server/documents/photo-check.ts'
import { fixPhoto } from '../../../server/documents/photo-fix.ts'
import { drawPortrait } from '../../support/portrait.ts'
import type { PortraitStyle } from '../../support/portrait.ts'

const fixed = async (style: PortraitStyle) => fixPhoto(await (await drawPortrait(style)).png().toBuffer())
const JFIF_350 = 'ffd8ffe000104a46494600010101015e015e0000'

describe('documents/photo-fix', () => {
  for (const [name, style] of [
    ['the right size', {}], ['a telephone\'s 3:4', { width: 900, height: 1200 }], ['2 inches', { width: 413, height: 626 }],
    ['somewhat wide', { width: 900, height: 1000 }], ['slightly small', { width: 300, height: 370 }]
  ] as const) {
    it(`makes the standard's file of ${name}`, async () => {
      const bytes = (await fixed(style))!
      expect(await checkPhoto(bytes)).to.deep.equal([])
      expect(await sharp(bytes).metadata()).to.include({ format: 'jpeg', width: 358, height: 441, density: 350, space: 'srgb', channels: 3 })
      expect(bytes.subarray(0, 20).toString('hex')).to.equal(JFIF_350)
      expect(bytes.length).to.be.within(30 * 1000, 50 * 1000)
    })
  }

  it('keeps the head when it cuts: the top stays', async () => {
    const tall = await drawPortrait({ width: 358, height: 441 })
    const long = await tall.extend({ bottom: 100, background: '#ff0000' }).png().toBuffer()
    const data = await sharp((await fixPhoto(long))!).extract({ left: 179, top: 436, width: 1, height: 1 }).raw().toBuffer()
    expect(data[2]! > data[0]!, 'clothes, not the red below').to.equal(true)
  })

  it('does not repaint the ground', async () => {
    const bytes = await fixed({ ground: '#438edb' })
    const [red, green, blue] = await sharp(bytes!).extract({ left: 5, top: 5, width: 1, height: 1 }).raw().toBuffer()
    expect([red! - 0x43, green! - 0x8e, blue! - 0xdb].every(difference => Math.abs(difference) < 6)).to.equal(true)
    const clear = await (await drawPortrait()).ensureAlpha(0).png().toBuffer()
    expect((await checkPhoto(clear)).map(({ code }) => code)).to.include('PHOTO_GROUND')
  })

  it('turns upright and forgets where the photo was taken', async () => {
    const turned = await (await drawPortrait()).rotate(90).withMetadata({ orientation: 8, exif: { IFD0: { Copyright: 'secret place' } } }).jpeg({ quality: 97 }).toBuffer()
    expect(turned.includes('secret place')).to.equal(true)
    const bytes = (await fixPhoto(turned))!
    expect(await checkPhoto(bytes)).to.deep.equal([])
    expect([bytes.includes('secret place'), (await sharp(bytes).metadata()).orientation]).to.deep.equal([false, undefined])
  })

  it('gives up on a picture too plain for 30 K', async () => {
    expect(await fixPhoto(await sharp({ create: { width: 358, height: 441, channels: 3, background: 'white' } }).png().toBuffer())).to.equal(null)
  })
})
