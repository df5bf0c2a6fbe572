import { createHash, createPublicKey, verify } from 'node:crypto'
import { unzipped } from '../../documents/unzip.ts'
import { verifyAuditText } from '../../db/audit-file-check.ts'
import { fingerprintOf, HASHES, SIGNATURE } from './evidence-signature.ts'
import type { Signature } from './evidence-signature.ts'

export interface EvidenceVerdict {
  /** Files of the pack, without the list of hashes and the signature. */
  readonly files: number
  /** Names whose content is another than the list says, those that the list has and the pack has not, and the reverse. */
  readonly changed: readonly string[]
  readonly missing: readonly string[]
  readonly added: readonly string[]
  readonly isSigned: boolean
  /** Of the key that the signature was checked with. */
  readonly fingerprint: string
  /** First place of the audit chain that does not fit; null when it fits. */
  readonly chainBrokenAt: number | null
}

const CHAIN = '审计链.json'

/**
 * Checks an evidence pack by itself: no database, no secret, no network. `publicKey` (PEM) is the one that the province has
 * published; without it the pack's own key is taken, and whoever checks must hold its fingerprint against the published one.
 * Throws RangeError for what is no pack, an error of node:crypto for what is no key.
 */
export function checkEvidence(archive: Buffer, publicKey?: string): EvidenceVerdict {
  const files = unzipped(archive)
  const [hashes, signature] = [files.get(HASHES), files.get(SIGNATURE)]
  if (!hashes || !signature) throw new RangeError('not an evidence pack')
  const told = JSON.parse(signature.toString()) as Signature
  const key = createPublicKey(publicKey ?? told.publicKey)
  const listed = new Map(hashes.toString().trimEnd().split('\n').map(line => [line.slice(66), line.slice(0, 64)]))
  const names = [...files.keys()].filter(name => name !== HASHES && name !== SIGNATURE)
  const hashOf = (name: string): string => createHash('sha256').update(files.get(name)!).digest('hex')
  return {
    files: names.length,
    changed: names.filter(name => listed.has(name) && listed.get(name) !== hashOf(name)),
    missing: [...listed.keys()].filter(name => !files.has(name)),
    added: names.filter(name => !listed.has(name)),
    isSigned: verify(null, hashes, key, Buffer.from(told.signature, 'base64')),
    fingerprint: fingerprintOf(key),
    chainBrokenAt: files.has(CHAIN) ? verifyAuditText(files.get(CHAIN)!.toString()).broken[0]?.brokenAt ?? null : null
  }
}

/** Whether nothing at all speaks against a pack. */
export function isSound({ changed, missing, added, isSigned, chainBrokenAt }: EvidenceVerdict): boolean {
  return changed.length + missing.length + added.length === 0 && isSigned && chainBrokenAt === null
}
