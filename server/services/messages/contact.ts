import { AppError } from '../../../core/errors.ts'
import { maskMobile } from '../../../core/masking.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { deleteContact, findContact, saveContact } from '../../db/notification-contacts.ts'
import type { NotificationContact } from '../../db/notification-contacts.ts'

/** The family member who gets the text messages too, the number masked; null for none. */
export async function contactOf(ctx: ServerContext, actor: Actor) {
  const contact = await findContact(ctx, actor.key)
  return { contact: contact && { ...contact, mobile: maskMobile(contact.mobile) } }
}

/** Names the family member, or another one. Throws AppError FORBIDDEN for an account without a person of its own. */
export async function nameContact(ctx: ServerContext, actor: Actor, contact: NotificationContact) {
  if (actor.personKey === null) throw new AppError('FORBIDDEN')
  await saveContact(ctx, { accountKey: actor.key, personKey: actor.personKey }, contact, ctx.clock.now())
  return contactOf(ctx, actor)
}

/** From now on only the person is written to. */
export async function dropContact(ctx: ServerContext, actor: Actor): Promise<void> {
  await deleteContact(ctx, actor.key)
}
