import { createCipheriv, createDecipheriv, createHmac, getCiphers, getHashes, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import { AppError } from '../../core/errors.ts'

/** The parts of a sealed text, whatever the cipher. */
export interface Sealed {
  readonly iv: Buffer
  readonly tag: Buffer
  readonly data: Buffer
}

/** Whether this Node's OpenSSL knows SM4 and SM3; some builds leave them out. */
export function isSm4Available(): boolean {
  return getCiphers().includes('sm4-cbc') && getHashes().includes('sm3')
}

/** SM4-CBC, then HMAC-SM3 over cell, iv and data (OpenSSL has no SM4-GCM that Node can use). */
export function sealWithSm4(key: Buffer, aad: string, plain: string): Sealed {
  const keys = derive(key)
  const iv = randomBytes(16)
  const cipher = createCipheriv('sm4-cbc', keys.cipher, iv)
  const data = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return { iv, tag: tagOf(keys.mac, aad, iv, data), data }
}

/** Checks the tag before anything is deciphered; throws when it differs. */
export function openWithSm4(key: Buffer, aad: string, { iv, tag, data }: Sealed): string {
  const keys = derive(key)
  const expected = tagOf(keys.mac, aad, iv, data)
  if (tag.length !== expected.length || !timingSafeEqual(tag, expected)) throw new AppError('CIPHERTEXT_INVALID')
  const decipher = createDecipheriv('sm4-cbc', keys.cipher, iv)
  return Buffer.concat([decipher.update(data), decipher.final()]).toString('utf8')
}

function derive(key: Buffer): { cipher: Buffer; mac: Buffer } {
  if (!isSm4Available()) throw new AppError('CONFIG_INVALID', { detail: '当前 Node 不支持 SM4，请改用 aes-256-gcm' })
  const bytes = Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), 'sm4-cbc+hmac-sm3', 48))
  return { cipher: bytes.subarray(0, 16), mac: bytes.subarray(16) }
}

function tagOf(key: Buffer, aad: string, iv: Buffer, data: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(Buffer.byteLength(aad))
  return createHmac('sm3', key).update(length).update(aad).update(iv).update(data).digest()
}
