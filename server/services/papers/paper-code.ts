import type { CryptoProvider } from '../../crypto/crypto-provider.ts'
import type { ServerContext } from '../../context.ts'

/** No letters or digits that are taken for each other when somebody types them. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const LENGTH = 10

export interface CodedPaper {
  /** Number of the case. */
  readonly number: string
  /** `form`, `receipt`, or the id of a notice. */
  readonly paper: string
  /** Instant of issue, ms. */
  readonly issuedAt: number
}

/**
 * Short code that only the issuer can make for a paper (49 bits, keyed): printed below the QR code and asked for by the check.
 * It says nothing about the person.
 */
export function paperCode(crypto: Pick<CryptoProvider, 'keyedHash'>, { number, paper, issuedAt }: CodedPaper): string {
  const hash = Buffer.from(crypto.keyedHash('paper', JSON.stringify([number, paper, issuedAt])), 'base64url')
  let rest = hash.readBigUInt64BE()
  let code = ''
  while (code.length < LENGTH) {
    code += ALPHABET[Number(rest % BigInt(ALPHABET.length))]
    rest /= BigInt(ALPHABET.length)
  }
  return code
}

/** What a paper prints for its check; nothing while the case has no number. */
export function checkOf(
  { config, crypto }: Pick<ServerContext, 'config' | 'crypto'>, number: string | null, paper: string, issuedAt: number
): { checkUrl: string | null; checkCode: string | null } {
  if (number === null) return { checkUrl: null, checkCode: null }
  const checkCode = paperCode(crypto, { number, paper, issuedAt })
  return { checkUrl: `${config.publicUrl}/check?${new URLSearchParams({ number, code: checkCode }).toString()}`, checkCode }
}
