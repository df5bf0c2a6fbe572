import { createHash, createPrivateKey, createPublicKey, hkdfSync, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

/** The files of a pack that speak of the others: what is signed, and the signature. */
export const HASHES = 'sha256.txt'
export const SIGNATURE = '签名.json'

/** What everybody may know of the key that signs packs, and must hold a pack's own key against. */
export interface EvidenceKey {
  readonly algorithm: 'Ed25519'
  /** PEM */
  readonly publicKey: string
  /** SHA-256 of the key in DER, hexadecimal. */
  readonly fingerprint: string
}

export interface Signature extends EvidenceKey {
  readonly file: typeof HASHES
  /** base64 */
  readonly signature: string
}

export interface Signer {
  readonly key: EvidenceKey
  sign(hashes: Buffer): Signature
}

/** Head of a PKCS #8 private key of Ed25519; the 32 bytes of the seed follow. */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex')

/**
 * Signs packs with a key that is derived from the server's secret: the same for all of its packs, and in nobody else's hands.
 * Whoever has the public key can check a pack without the system.
 */
export function evidenceSigner(secret: string): Signer {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', 'evidence-signature', 32))
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: 'der', type: 'pkcs8' })
  const open = createPublicKey(key)
  const told: EvidenceKey = {
    algorithm: 'Ed25519', publicKey: open.export({ format: 'pem', type: 'spki' }).toString(), fingerprint: fingerprintOf(open)
  }
  return { key: told, sign: hashes => ({ ...told, file: HASHES, signature: sign(null, hashes, key).toString('base64') }) }
}

export function fingerprintOf(key: KeyObject): string {
  return createHash('sha256').update(key.export({ format: 'der', type: 'spki' })).digest('hex')
}
