import { randomUUID } from 'node:crypto'
import type { ServerContext } from '../context.ts'
import type { ApplicationContent, ApplicationPatch } from '../db/applications.ts'
import type { NewRow } from '../db/item-rows.ts'
import type { Item } from '../db/items.ts'
import type { SubmissionPlan } from './submission-plan.ts'

/** Columns of the application from the moment of submission; `at` is that instant (ms). */
export function submittedColumns({ crypto }: ServerContext, plan: SubmissionPlan, number: string, at: number): ApplicationPatch {
  const { application: { id, version }, region, matters, divisions, confirmedNotices, signature: drawn, traceparent } = plan
  return {
    number,
    status_draft: false,
    version: version + 1,
    person_key: plan.personKey,
    division: divisions.get(matters[0] ?? '') ?? region.homeDivision,
    confirmed_notices: JSON.stringify(confirmedNotices),
    signature_enc: drawn ? crypto.encrypt('application', 'signature_enc', id, drawn) : null,
    submitted_at: at,
    traceparent
  }
}

/** One item for each selected matter, in the order of the notice. */
export function submittedItems(plan: SubmissionPlan, at: number): Item[] {
  const { application: { id }, region, matters, content, divisions, personKey: key } = plan
  return region.matters.filter(({ slug }) => matters.includes(slug)).map(({ slug, department }) => ({
    id: randomUUID(),
    application_id: id,
    slug,
    region: region.slug,
    department,
    division: divisions.get(slug) ?? region.homeDivision,
    channel: plan.application.channel,
    status: 'submitted',
    outcome: null,
    person_key: key,
    promised_due: null,
    statutory_due: null,
    red_due: null,
    deadline_kind: null,
    is_provisional: false,
    promised_days: null,
    statutory_days: null,
    receipt_number: null,
    receipt_issued_at: null,
    delivery_method: deliveryOf(content, slug),
    delivered_at: null,
    round: 1,
    withdraw_requested_at: null,
    has_incident: false,
    decided_at: null,
    version: 1,
    created_at: at,
    updated_at: at
  }))
}

function deliveryOf({ items }: ApplicationContent, slug: string): string {
  const delivery = items[slug]?.delivery as { method?: string } | undefined
  return delivery?.method ?? 'online'
}

/** The rows of a declaration; each waits for its registration when this application selects it. */
export function submittedRows(plan: SubmissionPlan, items: readonly Item[]): NewRow[] {
  const { application: { id }, region, matters, content } = plan
  const declaring = region.matters.filter(({ slug, hasRows }) => hasRows && matters.includes(slug))
  return declaring.flatMap(({ slug }) => {
    const item = items.find(one => one.slug === slug)
    const chosen = (content.items[slug]?.rows ?? []) as { insurance?: string }[]
    return item ? chosen.map(({ insurance = '' }) => ({
      itemId: item.id, applicationId: id, insurance, isRegisteredHere: matters.includes(insurance)
    })) : []
  })
}
