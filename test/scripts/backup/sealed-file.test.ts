import { randomBytes } from 'node:crypto'
import { expect } from 'chai'
import { CHUNK, TAG, open, seal } from '../../../scripts/backup/sealed-file.ts'

const key = { id: 'k1', key: Buffer.alloc(32, 1) }

/** As a stream would hand it over, in pieces that end anywhere. */
async function* pieces(bytes: Buffer, size = 50_000) {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size)
}

async function all(source: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of source) parts.push(part)
  return Buffer.concat(parts)
}

const opened = (sealed: Buffer, keys = [key]) => all(open(pieces(sealed), keys))
const refusal = (sealed: Buffer, keys = [key]) => opened(sealed, keys).then(() => 'opened', (error: Error) => error.message)

describe('scripts/backup/sealed-file', () => {
  const content = randomBytes(3 * CHUNK + 17)
  let sealed: Buffer
  let start: number
  before(async () => {
    sealed = await all(seal(pieces(content), key))
    start = sealed.indexOf('\n') + 1
  })
  const at = (number: number) => start + number * (CHUNK + TAG)
  const chunk = (number: number) => sealed.subarray(at(number), Math.min(at(number + 1), sealed.length))
  const made = (...parts: Buffer[]) => Buffer.concat([sealed.subarray(0, start), ...parts])

  it('opens what it sealed, whatever its length, and no two files alike', async () => {
    for (const length of [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, content.length]) {
      const part = content.subarray(0, length)
      expect((await opened(await all(seal(pieces(part), key)))).equals(part), `${length} bytes`).to.equal(true)
    }
    expect((await all(seal(pieces(content), key))).equals(sealed)).to.equal(false)
    expect(sealed.includes(content.subarray(0, 32))).to.equal(false)
  })

  it('opens with an earlier key of the list, and says which one is not there', async () => {
    const fresh = { id: 'k2', key: Buffer.alloc(32, 2) }
    expect((await opened(sealed, [fresh, key])).equals(content)).to.equal(true)
    expect(await refusal(sealed, [fresh])).to.contain('密钥“k1”')
    expect(await refusal(sealed, [{ ...fresh, id: 'k1' }])).to.contain('密钥不对')
  })

  it('refuses every kind of change: a byte, the order, a chunk too few or too many, an end cut off anywhere', async () => {
    for (const place of [start - 10, start, at(1) + 5, at(2) - 1, sealed.length - 1]) {
      const changed = Buffer.from(sealed)
      changed[place]! ^= 1
      expect(await refusal(changed), `byte ${place}`).to.match(/^(无法打开备份|这不是)/)
    }
    const broken = {
      swapped: made(chunk(1), chunk(0), chunk(2), chunk(3)), repeated: made(chunk(0), chunk(0), chunk(1), chunk(2), chunk(3)),
      dropped: made(chunk(0), chunk(2), chunk(3)), 'cut at a chunk': made(chunk(0), chunk(1)), 'cut within one': sealed.subarray(0, sealed.length - 3),
      'only its header': made(), lengthened: Buffer.concat([sealed, Buffer.from('x')])
    }
    for (const [how, file] of Object.entries(broken)) expect(await refusal(file), how).to.contain('无法打开备份')
  })

  it('names what is no backup', async () => {
    for (const file of [Buffer.alloc(0), Buffer.from('{}\n'), Buffer.from('PK'), randomBytes(5000)]) expect(await refusal(file)).to.contain('这不是')
  })
})
