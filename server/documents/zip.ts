import { crc32 } from 'node:zlib'

export interface ZipEntry {
  /** Path inside the archive, with `/` between folders. */
  readonly name: string
  readonly bytes: Buffer
}

/**
 * A ZIP archive piece by piece, so that never more than one file lies in memory. Files are stored as they are: papers and
 * pictures are compressed already. `at` (ms) is the time that all of them bear. Names are UTF-8.
 */
export async function* zipped(entries: AsyncIterable<ZipEntry>, at: number): AsyncGenerator<Buffer> {
  const directory: Buffer[] = []
  let offset = 0
  for await (const { name, bytes } of entries) {
    const path = Buffer.from(name)
    const facts = entryFacts(path, bytes, at)
    const head = Buffer.concat([signature(0x04034b50), facts, path])
    directory.push(directoryEntry(facts, path, offset))
    yield head
    yield bytes
    offset += head.length + bytes.length
  }
  const list = Buffer.concat(directory)
  yield list
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt16LE(directory.length, 8)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(offset, 16)
  yield end
}

/** What both the head of a file and its line in the directory say: version, UTF-8, stored, time, checksum, sizes. */
function entryFacts(path: Buffer, bytes: Buffer, at: number): Buffer {
  const facts = Buffer.alloc(26)
  facts.writeUInt16LE(20, 0)
  facts.writeUInt16LE(0x0800, 2)
  facts.writeUInt32LE(dosTime(at), 6)
  facts.writeUInt32LE(crc32(bytes), 10)
  facts.writeUInt32LE(bytes.length, 14)
  facts.writeUInt32LE(bytes.length, 18)
  facts.writeUInt16LE(path.length, 22)
  return facts
}

function directoryEntry(facts: Buffer, path: Buffer, offset: number): Buffer {
  const rest = Buffer.alloc(14)
  rest.writeUInt32LE(offset, 10)
  return Buffer.concat([signature(0x02014b50), Buffer.from([20, 0]), facts, rest, path])
}

function signature(magic: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(magic)
  return bytes
}

/** Time in Asia/Shanghai as the format has it: two seconds a step, years from 1980. */
function dosTime(at: number): number {
  const local = new Date(at + 8 * 3_600_000)
  const date = (local.getUTCFullYear() - 1980) << 9 | (local.getUTCMonth() + 1) << 5 | local.getUTCDate()
  const time = local.getUTCHours() << 11 | local.getUTCMinutes() << 5 | local.getUTCSeconds() >> 1
  return (date << 16 | time) >>> 0
}
