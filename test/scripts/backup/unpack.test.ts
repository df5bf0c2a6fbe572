import { createWriteStream, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { expect } from 'chai'
import { create } from 'tar'
import { readDataKeys } from '../../../core/data-keys.ts'
import { seal } from '../../../scripts/backup/sealed-file.ts'
import { unpack } from '../../../scripts/backup/unpack.ts'

const KEYS = readDataKeys(Buffer.alloc(32, 5).toString('base64'))!

describe('scripts/backup/unpack', () => {
  const folder = mkdtempSync(join(tmpdir(), 'unpack-'))
  after(() => rmSync(folder, { recursive: true, force: true }))

  it('comes to an end with large files and empty folders behind them', async () => {
    const [from, to, file] = [join(folder, 'from'), join(folder, 'to'), join(folder, 'sealed')]
    for (const path of [from, to, ...['x', 'y', 'z'].map(name => join(from, name))]) mkdirSync(path)
    const contents = { a: randomBytes(300_000), b: randomBytes(99), c: randomBytes(100_000) }
    for (const [name, content] of Object.entries(contents)) writeFileSync(join(from, name), content)
    const archive = create({ cwd: from, portable: true }, ['a', 'b', 'c', 'x', 'y', 'z'])
    await pipeline(archive, content => seal(content as AsyncIterable<Buffer>, KEYS[0]!), createWriteStream(file))
    await unpack(file, KEYS, to)
    expect(readdirSync(to)).to.have.members(['a', 'b', 'c', 'x', 'y', 'z'])
    for (const [name, content] of Object.entries(contents)) expect(readFileSync(join(to, name)).equals(content), name).to.equal(true)
  })
})
