import type { ServerContext } from '../context.ts'

/** A member of the family who gets the text messages too (亲友). */
export interface NotificationContact {
  readonly name: string
  readonly relation: string
  readonly mobile: string
}

type Vault = Pick<ServerContext, 'db' | 'crypto'>

/** Keyed hashes of the account and of the person whose it is. */
interface Owner {
  readonly accountKey: string
  readonly personKey: string
}

interface Row {
  readonly account_key: string
  readonly person_key: string
  readonly contact_enc: string
}

const CELL = ['notification_contact', 'contact_enc'] as const

/** The contact that an account named; null for none. */
export async function findContact(vault: Vault, accountKey: string): Promise<NotificationContact | null> {
  return open(vault, await vault.db<Row>('notification_contact').where({ account_key: accountKey }).first())
}

/** The contact of the person whose case it is, whoever handed it in. */
export async function findContactOfPerson(vault: Vault, personKey: string): Promise<NotificationContact | null> {
  const query = vault.db<Row>('notification_contact').where({ person_key: personKey }).orderBy('updated_at', 'desc')
  return open(vault, await query.first())
}

export async function saveContact({ db, crypto }: Vault, owner: Owner, contact: NotificationContact, at: number): Promise<void> {
  const { accountKey, personKey } = owner
  const sealed = crypto.encrypt(...CELL, accountKey, JSON.stringify(contact))
  await db('notification_contact').insert({ account_key: accountKey, person_key: personKey, contact_enc: sealed, updated_at: at })
    .onConflict('account_key').merge()
}

export async function deleteContact({ db }: Vault, accountKey: string): Promise<void> {
  await db('notification_contact').where({ account_key: accountKey }).delete()
}

function open({ crypto }: Vault, row: Row | undefined): NotificationContact | null {
  return row ? JSON.parse(crypto.decrypt(...CELL, row.account_key, row.contact_enc)) as NotificationContact : null
}
