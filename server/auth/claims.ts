import type { CryptoProvider } from '../crypto/crypto-provider.ts'
import type { Profile } from '../db/people.ts'
import { accountKey, personKey } from '../services/person-keys.ts'
import { roles } from './actor.ts'
import type { Actor, Role } from './actor.ts'
import type { Claims } from './oidc.ts'

/** Splits the claims of an account into who may ask (kept in the session) and the profile (kept encrypted). */
export function readClaims(crypto: Pick<CryptoProvider, 'keyedHash'>, claims: Claims): { actor: Actor; profile: Profile } {
  const account = text(claims.sub) ?? ''
  const person = isRecord(claims.person) ? claims.person : null
  const granted = Array.isArray(claims.roles) ? roles.filter(role => (claims.roles as unknown[]).includes(role)) : []
  const actor: Actor = {
    key: accountKey(crypto, account),
    account: granted.includes('citizen') ? null : account,
    roles: granted.filter((role): role is Role => role !== 'platform'),
    region: text(claims.region),
    department: text(claims.department),
    division: text(claims.division),
    personKey: granted.includes('citizen') ? personKey(crypto, person) : null
  }
  return { actor, profile: { account, name: text(claims.name), person } }
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
