import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { zipped } from '../../../server/documents/zip.ts'
import type { ZipEntry } from '../../../server/documents/zip.ts'

const AT = Date.parse('2026-03-24T10:30:00+08:00')

async function* entries(list: readonly ZipEntry[]): AsyncGenerator<ZipEntry> {
  yield* list
}

describe('documents/zip', () => {
  it('writes an archive that another program reads whole, with Chinese names, empty files and the time', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'zip-'))
    try {
      const files = [
        { name: '文书/01-受理通知书.pdf', bytes: Buffer.from('第一份') }, { name: '空.txt', bytes: Buffer.alloc(0) },
        { name: 'large.bin', bytes: Buffer.alloc(300_000, 7) }
      ]
      const pieces: Buffer[] = []
      for await (const piece of zipped(entries(files), AT)) pieces.push(piece)
      writeFileSync(join(folder, 'a.zip'), Buffer.concat(pieces))
      // Python is needed to build the SQLite driver, so it is there; its reader verifies every checksum.
      const script = 'import zipfile,sys\nz=zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\nz.extractall(sys.argv[2])\nprint([i.date_time for i in z.infolist()])'
      const told = execFileSync('python3', ['-c', script, join(folder, 'a.zip'), folder], { encoding: 'utf8' })
      for (const { name, bytes } of files) expect(readFileSync(join(folder, name)).equals(bytes), name).to.equal(true)
      expect(told.trim()).to.equal(`[${Array(3).fill('(2026, 3, 24, 10, 30, 0)').join(', ')}]`)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
