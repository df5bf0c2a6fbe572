import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'

/** Each page gets so much room in the strip of its width: [width of the window, of the picture in the strip, its height]. */
const STRIPS = [[390, 240, 519], [1440, 420, 246]] as const
const GAP = 8
/** The tests that come by every page of the applicants and of the counter. */
const WALKS = 'an applicant in a browser|help with applying|the counter in a browser'
const FACES = ['apply', 'window'] as const
const IN_A_ROW = 5

/**
 * Lets the browser tests walk through the pages of applicants and of the counter, and lays what it saw of each into two pictures
 * of `docs/images/`: one at the width of a telephone, one at that of a desk.
 */
async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pictures-'))
  try {
    const { status } = spawnSync('node_modules/.bin/mocha', ['--config', 'test/e2e/.mocharc.json', '--grep', WALKS],
      { env: { ...process.env, PICTURES: folder }, stdio: 'inherit' })
    if (status !== 0) throw new Error('the walk through the pages failed; no picture was changed')
    for (const face of FACES) {
      for (const [window, width, height] of STRIPS) {
        const isOfStrip = new RegExp(`^${face}-[\\da-z-]+-${window}\\.png$`)
        const files = readdirSync(folder).filter(name => isOfStrip.test(name)).sort()
        await strip(files.map(name => join(folder, name)), { width, height }, `docs/images/${face}-${window}.png`)
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What each page shows first, in rows. */
async function strip(files: readonly string[], size: { width: number; height: number }, target: string): Promise<void> {
  const parts = await Promise.all(files.map(async (file, index) => ({
    input: await sharp(file).resize({ ...size, fit: 'cover', position: 'top' }).toBuffer(),
    left: GAP + (index % IN_A_ROW) * (size.width + GAP),
    top: GAP + Math.floor(index / IN_A_ROW) * (size.height + GAP)
  })))
  const rows = Math.ceil(files.length / IN_A_ROW)
  const canvas = { width: GAP + IN_A_ROW * (size.width + GAP), height: GAP + rows * (size.height + GAP), channels: 3 as const, background: '#c4cad4' }
  await sharp({ create: canvas }).composite(parts).png({ palette: true, colours: 32, effort: 10 }).toFile(target)
  console.log(`written: ${target}`)
}

await main()
