import type { ServerContext } from '../context.ts'

/** What the identity server told about an account at its last login; encrypted, as a citizen's is personal data. */
export interface Profile {
  readonly account: string
  readonly name: string | null
  /** The citizen's own data as the form calls them (name, idType, idNumber, …); null for staff. */
  readonly person: Readonly<Record<string, unknown>> | null
}

type Vault = Pick<ServerContext, 'db' | 'crypto'>

/** Keeps the profile of an account (`key` is the keyed hash of its subject); a later login replaces it. */
export async function saveProfile({ db, crypto }: Vault, key: string, profile: Profile, at: number): Promise<void> {
  const sealed = crypto.encrypt('person_account', 'profile_enc', key, JSON.stringify(profile))
  await db('person_account')
    .insert({ account_key: key, profile_enc: sealed, updated_at: at })
    .onConflict('account_key')
    .merge()
}

/** The profile of an account and the instant (ms) of the login that told it; null for an account that never came. */
export async function findProfile({ db, crypto }: Vault, key: string): Promise<(Profile & { readonly at: number }) | null> {
  const row = await db<{ account_key: string; profile_enc: string; updated_at: number }>('person_account').where({ account_key: key }).first()
  if (!row) return null
  return { ...JSON.parse(crypto.decrypt('person_account', 'profile_enc', key, row.profile_enc)) as Profile, at: row.updated_at }
}

