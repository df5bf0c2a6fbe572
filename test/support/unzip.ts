/** The files of an archive in which everything is stored as it is, by name, read from its directory. */
export function storedFiles(archive: Buffer): Map<string, Buffer> {
  const end = archive.lastIndexOf(Buffer.from('504b0506', 'hex'))
  let at = archive.readUInt32LE(end + 16)
  const files = new Map<string, Buffer>()
  for (let count = archive.readUInt16LE(end + 10); count > 0; count--) {
    const [size, length, head] = [archive.readUInt32LE(at + 24), archive.readUInt16LE(at + 28), archive.readUInt32LE(at + 42)]
    const start = head + 30 + length
    files.set(archive.toString('utf8', at + 46, at + 46 + length), archive.subarray(start, start + size))
    at += 46 + length
  }
  return files
}
