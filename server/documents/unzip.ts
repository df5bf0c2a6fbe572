import { inflateRawSync } from 'node:zlib'

const END = Buffer.from('504b0506', 'hex')
const [STORED, DEFLATED] = [0, 8]
/** A file that unpacks to more than this is none of ours. */
const MOST_BYTES = 512 * 1024 * 1024

/**
 * The files of an archive by name, in the order of its directory; stored or deflated, so that one that somebody packed again is
 * read too. Throws RangeError for what is not an archive.
 */
export function unzipped(archive: Buffer): Map<string, Buffer> {
  const end = archive.lastIndexOf(END)
  if (end < 0) throw new RangeError('not a ZIP archive')
  let at = archive.readUInt32LE(end + 16)
  const files = new Map<string, Buffer>()
  for (let count = archive.readUInt16LE(end + 10); count > 0; count--) {
    const [method, size] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 20)]
    const [name, extra, comment] = [archive.readUInt16LE(at + 28), archive.readUInt16LE(at + 30), archive.readUInt16LE(at + 32)]
    files.set(archive.toString('utf8', at + 46, at + 46 + name), content(archive, { method, size, head: archive.readUInt32LE(at + 42) }))
    at += 46 + name + extra + comment
  }
  return files
}

function content(archive: Buffer, { method, size, head }: { method: number; size: number; head: number }): Buffer {
  const start = head + 30 + archive.readUInt16LE(head + 26) + archive.readUInt16LE(head + 28)
  const bytes = archive.subarray(start, start + size)
  if (method === STORED) return bytes
  if (method === DEFLATED) return inflateRawSync(bytes, { maxOutputLength: MOST_BYTES })
  throw new RangeError(`packed by a method of its own: ${method}`)
}
