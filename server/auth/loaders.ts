import type { Knex } from 'knex'
import type { ServerContext } from '../context.ts'
import { findApplication } from '../db/applications.ts'
import type { Application } from '../db/applications.ts'
import { findFeedback } from '../db/feedback.ts'
import { findItemBySlug } from '../db/items.ts'
import { isAnswerable } from '../db/ratings.ts'
import { findWorkItem } from '../db/work-items.ts'
import type { Resource } from './access.ts'
import type { Actor } from './actor.ts'
import type { Loader } from './guard.ts'
import { remitOf } from './remit.ts'
import { canSeeApplication, canSeeTask, isApplicantOf, isOwnIntake } from './visibility.ts'

/** How each kind of resource is looked up for somebody. */
export function createLoaders({ db }: Pick<ServerContext, 'db'>): Record<Resource, Loader> {
  return {
    async application(actor, { id }, keep) {
      const application = await visibleApplication(db, actor, id)
      if (!application) return false
      keep({ application })
      return true
    },
    async 'own-application'(actor, { id }, keep) {
      const application = await visibleApplication(db, actor, id)
      if (!application || !isApplicantOf(actor, application)) return false
      keep({ application })
      return true
    },
    async intake(actor, { id }, keep) {
      const application = await visibleApplication(db, actor, id)
      if (!application || !await isOwnIntake(db, actor, application)) return false
      keep({ application })
      return true
    },
    async item(actor, { id, slug }, keep) {
      const application = await visibleApplication(db, actor, id)
      if (!application || !isApplicantOf(actor, application) || !slug || !SLUG.test(slug)) return false
      const item = await findItemBySlug(db, application.id, slug)
      if (!item) return false
      keep({ application, item })
      return true
    },
    async task(actor, { id }) {
      const task = id && TASK.test(id) ? await findWorkItem(db, id) : null
      return task !== null && canSeeTask(actor, task)
    },
    async rating(actor, { id }) {
      const remit = remitOf(actor)
      return remit !== null && id !== undefined && UUID.test(id) && await isAnswerable(db, remit, id)
    },
    async feedback(actor, { id }) {
      const remit = remitOf(actor)
      return remit !== null && id !== undefined && UUID.test(id) && await findFeedback(db, remit, id) !== null
    }
  }
}

async function visibleApplication(db: Knex, actor: Actor, id: string | undefined): Promise<Application | null> {
  if (!id || !UUID.test(id)) return null
  const application = await findApplication(db, id)
  return application && await canSeeApplication(db, actor, application) ? application : null
}

const TASK = /^[A-Za-z0-9-]{1,64}$/
const SLUG = /^[a-z0-9-]{1,60}$/
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
