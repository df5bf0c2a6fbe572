import { formatInstant } from '../../../core/dates.ts'
import { auditActor } from '../../auth/actor.ts'
import type { Actor } from '../../auth/actor.ts'
import { canSeeApplication } from '../../auth/visibility.ts'
import type { ServerContext } from '../../context.ts'
import { findApplicationsOfPerson, mattersOf } from '../../db/applications.ts'
import type { Application } from '../../db/applications.ts'
import { appendAudit } from '../../db/audit.ts'
import { findItemsOfApplications } from '../../db/items.ts'
import { findProfile } from '../../db/people.ts'
import { applicationStatus } from '../application-status.ts'
import { personKey } from '../person-keys.ts'
import { readCard, remarksOn } from './card-reading.ts'
import type { CardReading } from './card-reading.ts'

/** A person has few applications; more are not shown at a counter. */
const MOST = 50

/** Somebody who stands at the counter with a card: what it says, and what of this person is there already. */
export interface PersonAtWindow {
  readonly person: CardReading
  readonly remarks: readonly string[]
  readonly drafts: readonly DraftOfPerson[]
  readonly cases: readonly CaseOfPerson[]
}

interface DraftOfPerson {
  readonly id: string
  readonly channel: Application['channel']
  readonly matters: readonly string[]
  readonly updatedAt: string
  /** Taken in at a counter of the own division, so that it can be gone on with; the person's own can be copied. */
  readonly isOwn: boolean
}

interface CaseOfPerson {
  readonly id: string
  readonly number: string | null
  readonly status: string
  readonly matters: readonly string[]
  readonly updatedAt: string
}

/**
 * Finds a person by the keyed hash of the card's number, and notes who asked. Throws AppError FORM_INVALID for a card that cannot
 * be read.
 */
export async function personAtWindow(ctx: ServerContext, actor: Actor, text: string): Promise<PersonAtWindow> {
  const person = readCard(text, ctx.clock.today())
  const rows = await applicationsOfPerson(ctx, actor, person)
  const items = await findItemsOfApplications(ctx.db, rows.map(({ id }) => id))
  await noteView(ctx, actor, { purpose: 'window-intake', found: rows.length })
  const head = (row: Application) => ({ id: row.id, matters: mattersOf(row), updatedAt: formatInstant(row.updated_at) })
  const drafts = rows.filter(({ status_draft }) => status_draft)
  return {
    person,
    remarks: remarksOn(person, ctx.clock.today()),
    drafts: drafts.map(row => ({ ...head(row), channel: row.channel, isOwn: row.channel === 'window' })),
    cases: rows.filter(({ status_draft }) => !status_draft)
      .map(row => ({ ...head(row), number: row.number, status: applicationStatus(row, items.get(row.id) ?? []) }))
  }
}

/** What a counter may see of a person: all that was submitted, the own division's drafts, and those the person wrote. */
export async function applicationsOfPerson(ctx: ServerContext, actor: Actor, person: CardReading): Promise<Application[]> {
  const key = personKey(ctx.crypto, { ...person })
  const rows = key === null || actor.region === null ? [] : await findApplicationsOfPerson(ctx.db, key, actor.region, MOST)
  const visible = await Promise.all(rows.map(async row => {
    if (await canSeeApplication(ctx.db, actor, row)) return true
    // Anybody may write a stranger's number into a draft: it is this person's only when the account is.
    return row.channel === 'online' && personKey(ctx.crypto, (await findProfile(ctx, row.applicant_key))?.person) === key
  }))
  return rows.filter((_, index) => visible[index])
}

/** Notes in the region's own chain that a counter looked a person up; the number itself stands nowhere. */
export async function noteView(
  ctx: ServerContext, actor: Actor, data: { readonly purpose: string } & Readonly<Record<string, unknown>>
): Promise<void> {
  await appendAudit(ctx.db, {
    chain: 'system', type: 'personal-data-viewed', actor: auditActor(actor), data: { ...data, region: actor.region }, at: ctx.clock.now()
  })
}
