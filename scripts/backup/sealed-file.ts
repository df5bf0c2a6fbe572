import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { DataKey } from '../../core/data-keys.ts'
import { Refusal } from './refusal.ts'

/**
 * A sealed file: one line of JSON that names the format, the key and a salt, then the content in chunks of 64 KiB, each sealed
 * with AES-256-GCM. The key of a file comes from the given key and its salt (HKDF). A chunk's nonce is its number and whether it
 * is the last one, so chunks that were swapped, repeated, dropped or cut off do not open; the line is bound to every chunk.
 */
const FORMAT = 'yijianshi-backup/1'
export const CHUNK = 64 * 1024
export const TAG = 16
const LONGEST_HEADER = 1024
const NOT_OPENED = '无法打开备份：密钥不对，或文件被改动、不完整；没有改动任何数据'

type Bytes = AsyncIterable<Buffer>

/** The sealed form of what comes in. */
export async function* seal(content: Bytes, { id, key }: DataKey): AsyncGenerator<Buffer> {
  const salt = randomBytes(32)
  const header = Buffer.from(`${JSON.stringify({ format: FORMAT, key: id, salt: salt.toString('base64') })}\n`)
  const own = fileKey(key, salt)
  yield header
  for await (const { bytes, number, isLast } of inChunks(content, CHUNK)) {
    const cipher = createCipheriv('aes-256-gcm', own, nonce(number, isLast)).setAAD(header)
    yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
  }
}

/**
 * The content of a sealed file, opened with whichever of the keys sealed it. A chunk is handed on only once it is known to be
 * right; the whole is right once the generator ends. Throws Refusal when it is not.
 */
export async function* open(sealed: Bytes, keys: readonly DataKey[]): AsyncGenerator<Buffer> {
  const { header, rest } = await headerOf(sealed)
  const { key: id, salt } = readHeader(header)
  const given = keys.find(one => one.id === id)
  if (!given) throw new Refusal(`这份备份由密钥“${id}”加密，BACKUP_KEY 中没有它；没有改动任何数据`)
  const own = fileKey(given.key, salt)
  for await (const { bytes, number, isLast } of inChunks(rest, CHUNK + TAG)) {
    if (bytes.length < TAG) throw new Refusal(NOT_OPENED)
    const decipher = createDecipheriv('aes-256-gcm', own, nonce(number, isLast), { authTagLength: TAG })
    decipher.setAAD(header).setAuthTag(bytes.subarray(-TAG))
    try {
      yield Buffer.concat([decipher.update(bytes.subarray(0, -TAG)), decipher.final()])
    } catch {
      throw new Refusal(NOT_OPENED)
    }
  }
}

async function headerOf(sealed: Bytes): Promise<{ header: Buffer; rest: Bytes }> {
  const source = sealed[Symbol.asyncIterator]()
  let head = Buffer.alloc(0)
  while (head.length < LONGEST_HEADER && !head.includes('\n')) {
    const { value, done } = await source.next()
    if (done) break
    head = Buffer.concat([head, value])
  }
  const end = head.indexOf('\n') + 1
  if (end === 0) throw notABackup()
  const rest = async function* () {
    yield head.subarray(end)
    yield* { [Symbol.asyncIterator]: () => source }
  }
  return { header: head.subarray(0, end), rest: rest() }
}

function readHeader(line: Buffer): { key: string; salt: Buffer } {
  try {
    const { format, key, salt } = JSON.parse(line.toString()) as Record<string, unknown>
    if (format === FORMAT && typeof key === 'string' && typeof salt === 'string') return { key, salt: Buffer.from(salt, 'base64') }
  } catch {
    // Answered below.
  }
  throw notABackup()
}

const notABackup = () => new Refusal('这不是 npm run backup 生成的备份文件，或文件开头已损坏；没有改动任何数据')

/** Pieces of `size` bytes; the last one may be shorter and is known as such, so one piece is always held back. */
async function* inChunks(content: Bytes, size: number): AsyncGenerator<{ bytes: Buffer; number: number; isLast: boolean }> {
  let number = 0
  let waiting: Buffer[] = []
  let length = 0
  for await (const data of content) {
    waiting.push(data)
    length += data.length
    if (length <= size) continue
    let all = Buffer.concat(waiting)
    while (all.length > size) {
      yield { bytes: all.subarray(0, size), number: number++, isLast: false }
      all = all.subarray(size)
    }
    waiting = [all]
    length = all.length
  }
  yield { bytes: Buffer.concat(waiting), number, isLast: true }
}

function fileKey(key: Buffer, salt: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', key, salt, FORMAT, 32))
}

/** A key serves one file, so counting is enough. */
function nonce(number: number, isLast: boolean): Buffer {
  const bytes = Buffer.alloc(12)
  bytes.writeBigUInt64BE(BigInt(number), 0)
  bytes[11] = isLast ? 1 : 0
  return bytes
}
