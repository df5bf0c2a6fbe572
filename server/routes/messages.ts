import { Router } from 'express'
import { actorOf } from '../auth/actor.ts'
import type { ServerContext } from '../context.ts'
import type { NotificationContact } from '../db/notification-contacts.ts'
import { contactOf, dropContact, nameContact } from '../services/messages/contact.ts'
import { inboxOf, readMessages } from '../services/messages/inbox.ts'

/** The inbox of a person, and the family member who gets the text messages too. */
export function messageRoutes(ctx: ServerContext): Router {
  const router = Router({ caseSensitive: true, strict: true })

  router.get('/messages', async (req, res) => {
    const { unread, cursor, limit } = req.query as { unread?: string; cursor?: string; limit?: string }
    res.json(await inboxOf(ctx, actorOf(req), { cursor, limit: Number(limit ?? 20), isUnread: unread === 'true' }))
  })

  router.post('/messages/read', async (req, res) => {
    res.json(await readMessages(ctx, actorOf(req), (req.body as { ids?: string[] }).ids))
  })

  router.get('/account/notification-contact', async (req, res) => {
    res.json(await contactOf(ctx, actorOf(req)))
  })

  router.put('/account/notification-contact', async (req, res) => {
    res.json(await nameContact(ctx, actorOf(req), req.body as NotificationContact))
  })

  router.delete('/account/notification-contact', async (req, res) => {
    await dropContact(ctx, actorOf(req))
    res.status(204).end()
  })

  return router
}
