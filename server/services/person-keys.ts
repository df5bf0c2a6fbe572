import type { CryptoProvider } from '../crypto/crypto-provider.ts'

/** Documents that carry the 公民身份号码: one person has the same number on each of them. */
const SAME_NUMBER = new Set(['resident-id', 'social-security-card', 'household-book', 'temporary-id'])

type Person = Readonly<Record<string, unknown>> | null | undefined
type Hasher = Pick<CryptoProvider, 'keyedHash'>

/** Keyed hash by which an account is known everywhere but in the vault. */
export function accountKey(crypto: Hasher, subject: string): string {
  return crypto.keyedHash('account', subject)
}

/** Keyed hash of the type and number of a person's document; null while either is missing. */
export function personKey(crypto: Hasher, person: Person): string | null {
  const { idType, idNumber } = person ?? {}
  if (!isText(idType) || !isText(idNumber)) return null
  return crypto.keyedHash('person', `${SAME_NUMBER.has(idType) ? 'resident-id' : idType}:${idNumber.trim()}`)
}

/** The keyed hashes by which an application can be found: name, mobile and its last four digits. */
export function searchKeys(crypto: Hasher, person: Person): {
  name_key: string | null
  mobile_key: string | null
  mobile_last4_key: string | null
} {
  const { name, mobile } = person ?? {}
  return {
    name_key: isText(name) ? crypto.keyedHash('name', name) : null,
    mobile_key: isText(mobile) ? crypto.keyedHash('mobile', mobile) : null,
    mobile_last4_key: isText(mobile) ? mobileLast4Key(crypto, mobile.trim().slice(-4)) : null
  }
}

export function mobileLast4Key(crypto: Hasher, last4: string): string {
  return crypto.keyedHash('mobile-last4', last4)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}
