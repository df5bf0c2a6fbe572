import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { GUIDE_PICTURES, GUIDE_WALKS } from './screenshots/guides.ts'

/** Each page gets so much room in the strip of its width: [width of the window, of the picture in the strip, its height]. */
const STRIPS = [[390, 240, 519], [1440, 420, 246]] as const
const GAP = 8
/** The tests that come by every page of the applicants and of the counter. */
const WALKS = ['an applicant in a browser', 'help with applying', 'the counter in a browser']
const FACES = ['apply', 'window'] as const
const IN_A_ROW = 5
/** What a page of a guide shows of a page: [width of the window, height cut off at, width of the picture]. */
const CUTS = { 390: [844, 300], 1440: [900, 800] } as const

/**
 * Lets the browser tests walk through the pages, and makes pictures of what they saw: the applicants' and the counter's pages
 * laid into one for each width (`docs/images/`), and the pages that the guides show (`docs/images/guides/`). With `guides` only
 * these.
 */
async function main(): Promise<void> {
  const isGuidesOnly = process.argv.includes('guides')
  const folder = mkdtempSync(join(tmpdir(), 'pictures-'))
  const walks = [...new Set([...isGuidesOnly ? [] : WALKS, ...GUIDE_WALKS])]
  try {
    const { status } = spawnSync('node_modules/.bin/mocha', ['--config', 'test/e2e/.mocharc.json', '--grep', walks.join('|')],
      { env: { ...process.env, PICTURES: folder, SHOTS: folder }, stdio: 'inherit' })
    if (status !== 0) throw new Error('the walk through the pages failed; no picture was changed')
    if (!isGuidesOnly) await strips(folder)
    await guides(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function strips(folder: string): Promise<void> {
  for (const face of FACES) {
    for (const [window, width, height] of STRIPS) {
      const isOfStrip = new RegExp(`^${face}-[\\da-z-]+-${window}\\.png$`)
      const files = readdirSync(folder).filter(name => isOfStrip.test(name)).sort()
      await strip(files.map(name => join(folder, name)), { width, height }, `docs/images/${face}-${window}.png`)
    }
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

/** The pages that the guides show, small. */
async function guides(folder: string): Promise<void> {
  mkdirSync('docs/images/guides', { recursive: true })
  for (const [name, seen, window] of GUIDE_PICTURES) {
    const [height, width] = CUTS[window]
    const picture = sharp(join(folder, `${seen}-${window}.png`))
    const { height: whole = height } = await picture.metadata()
    await picture.extract({ left: 0, top: 0, width: window, height: Math.min(whole, height) }).resize({ width })
      .png({ palette: true, colours: 48, effort: 10 }).toFile(`docs/images/guides/${name}.png`)
    console.log(`written: docs/images/guides/${name}.png`)
  }
}

await main()
