import { createPrivateKey, createPublicKey, hkdfSync, sign } from 'node:crypto'

export interface Signature {
  readonly algorithm: 'Ed25519'
  /** Which file of the pack is signed. */
  readonly file: 'sha256.txt'
  /** PEM, to be held against the one that the province has published. */
  readonly publicKey: string
  /** base64 */
  readonly signature: string
}

export interface Signer {
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
  const publicKey = createPublicKey(key).export({ format: 'pem', type: 'spki' }).toString()
  return {
    sign: hashes => ({ algorithm: 'Ed25519', file: 'sha256.txt', publicKey, signature: sign(null, hashes, key).toString('base64') })
  }
}
