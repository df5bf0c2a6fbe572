import { createReadStream, createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { extract } from 'tar'
import type { DataKey } from '../../core/data-keys.ts'
import { open } from './sealed-file.ts'

/**
 * Opens a sealed file into an empty folder. By way of a file, as the unpacking stream at the end of a pipeline waits for itself
 * without end when folders come last. Throws Refusal when it does not open.
 */
export async function unpack(file: string, keys: readonly DataKey[], folder: string): Promise<void> {
  const archive = join(folder, 'archive.tar')
  await pipeline(createReadStream(file), sealed => open(sealed as AsyncIterable<Buffer>, keys),
    createWriteStream(archive, { mode: 0o600 }))
  await extract({ file: archive, cwd: folder, strict: true })
  await rm(archive)
}
