import type { ServerContext } from '../context.ts'

/** What the identity server told about an account at its last login; encrypted, as a citizen's is personal data. */
export interface Profile {
  readonly account: string
  readonly name: string | null
  /** The citizen's own data as the form calls them (name, idType, idNumber, …); null for staff. */
  readonly person: Readonly<Record<string, unknown>> | null
}

/** With the instant (ms) of the login that told it. */
export type KnownProfile = Profile & { readonly at: number }

type Vault = Pick<ServerContext, 'db' | 'crypto'>

/** Keeps the profile of an account (`key` is the keyed hash of its subject); a later login replaces it. */
export async function saveProfile({ db, crypto }: Vault, key: string, profile: Profile, at: number): Promise<void> {
  const sealed = crypto.encrypt('person_account', 'profile_enc', key, JSON.stringify(profile))
  await db('person_account')
    .insert({ account_key: key, profile_enc: sealed, updated_at: at })
    .onConflict('account_key')
    .merge()
}

/** The profile of an account; null for one that never came. */
export async function findProfile(vault: Vault, key: string): Promise<KnownProfile | null> {
  return (await findProfiles(vault, [key])).get(key) ?? null
}

/** The profiles of several accounts, by key. */
export async function findProfiles({ db, crypto }: Vault, keys: readonly string[]): Promise<Map<string, KnownProfile>> {
  if (keys.length === 0) return new Map()
  const rows = await db<{ account_key: string; profile_enc: string; updated_at: number }>('person_account').whereIn('account_key', [...keys])
  return new Map(rows.map(({ account_key: key, profile_enc, updated_at }) =>
    [key, { ...JSON.parse(crypto.decrypt('person_account', 'profile_enc', key, profile_enc)) as Profile, at: updated_at }]))
}

