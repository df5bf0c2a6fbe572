import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import type { DataKey } from '../../core/data-keys.ts'
import { readDataKeys } from '../../core/data-keys.ts'
import { AppError } from '../../core/errors.ts'
import { sealWithSm4, openWithSm4 } from './sm4.ts'
import type { Sealed } from './sm4.ts'

/** Encrypts the personal data of one column and makes the keyed hashes by which it can be looked up. */
export interface CryptoProvider {
  /** Text sealed for exactly this cell: it cannot be opened in another table, column or row. */
  encrypt(table: string, column: string, rowId: string, plain: string): string
  /**
   * @throws AppError CIPHERTEXT_INVALID for another cell, another key or a changed text; it has a `retryAfter` where the key is
   * one that is not known here.
   */
  decrypt(table: string, column: string, rowId: string, sealed: string): string
  /** Keyed hash of a normalised value; equal for equal values of one kind, unrelated between kinds. */
  keyedHash(kind: string, value: string): string
}

export type Cipher = 'aes-256-gcm' | 'sm4'

export interface CryptoOptions {
  /** The list that `readDataKeys` reads: the first seals, the others only open. */
  readonly dataKey: string
  readonly hashKey: string
  readonly cipher?: Cipher
}

interface Suite {
  seal(key: Buffer, aad: string, plain: string): Sealed
  open(key: Buffer, aad: string, sealed: Sealed): string
}

/** Sealed text is `<version>:<keyId>:<iv>:<tag>:<data>`, the last three in base64url. The version names the cipher. */
const suites: Readonly<Record<string, Suite>> = {
  v1: { seal: sealWithAes, open: openWithAes },
  v2: { seal: sealWithSm4, open: openWithSm4 }
}

/**
 * Makes the provider for the keys of the configuration. Both ciphers' texts can be opened whichever one seals.
 * @throws AppError CONFIG_INVALID for a list of keys that cannot be read.
 */
export function createCryptoProvider({ dataKey, hashKey, cipher = 'aes-256-gcm' }: CryptoOptions): CryptoProvider {
  const list = readDataKeys(dataKey)
  if (!list) throw new AppError('CONFIG_INVALID', { detail: '加密密钥应为 32 字节的 base64，或“名称:密钥”的清单' })
  const [{ id: keyId, key: sealingKey }] = list as readonly [DataKey, ...DataKey[]]
  const keys = new Map(list.map(({ id, key }) => [id, key]))
  const version = cipher === 'sm4' ? 'v2' : 'v1'
  return {
    encrypt(table, column, rowId, plain) {
      const { iv, tag, data } = suites[version]!.seal(sealingKey, cell(table, column, rowId), plain)
      return [version, keyId, ...[iv, tag, data].map(part => part.toString('base64url'))].join(':')
    },
    decrypt(table, column, rowId, sealed) {
      const [usedVersion = '', usedKey = '', iv = '', tag = '', data, more] = sealed.split(':')
      const suite = suites[usedVersion]
      const key = keys.get(usedKey)
      if (!suite || data === undefined || more !== undefined) throw new AppError('CIPHERTEXT_INVALID')
      // While keys are changed another server may know it, or this one after its next start.
      if (!key) throw new AppError('CIPHERTEXT_INVALID', { retryAfter: 5 })
      const parts = { iv: Buffer.from(iv, 'base64url'), tag: Buffer.from(tag, 'base64url'), data: Buffer.from(data, 'base64url') }
      try {
        return suite.open(key, cell(table, column, rowId), parts)
      } catch (cause) {
        throw new AppError('CIPHERTEXT_INVALID', { cause })
      }
    },
    keyedHash(kind, value) {
      return createHmac('sha256', hashKey).update(`${kind}\0${normalise(kind, value)}`).digest('base64url')
    }
  }
}

/** Full-width and half-width forms, blanks at the ends and the case of an ID number's X make no difference to a look-up. */
export function normalise(kind: string, value: string): string {
  const text = value.normalize('NFKC').trim()
  return /^(id|person)/i.test(kind) ? text.toUpperCase() : text
}

const cell = (table: string, column: string, rowId: string): string => `${table}|${column}|${rowId}`

function sealWithAes(key: Buffer, aad: string, plain: string): Sealed {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(aad))
  const data = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return { iv, tag: cipher.getAuthTag(), data }
}

function openWithAes(key: Buffer, aad: string, { iv, tag, data }: Sealed): string {
  // Without the explicit length Node would accept a tag cut to four bytes, which can be forged by trying.
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: 16 }).setAAD(Buffer.from(aad)).setAuthTag(tag)
  return Buffer.concat([decipher.update(data), decipher.final()]).toString('utf8')
}
