import { formatInstant } from '../../core/dates.ts'
import { maskIdNumber } from '../../core/masking.ts'
import type { Assessment } from '../../core/matter.ts'
import type { Fee, MatterEntry, Region } from '../../core/region.ts'
import type { WorkingCalendar } from '../../core/working-days.ts'
import type { ClockInterval } from '../db/clock-intervals.ts'
import { correctionFields, correctionMaterials } from '../db/corrections.ts'
import type { Correction } from '../db/corrections.ts'
import { DECIDED_ROWS } from '../db/item-rows.ts'
import type { ItemRow } from '../db/item-rows.ts'
import type { Item, ItemReason } from '../db/items.ts'
import { insuranceTitle, systemName } from '../regions/titles.ts'
import { deadlineView } from './deadline-view.ts'

/** What is stored about one item. */
export interface ItemFacts {
  readonly item: Item
  readonly reasons: readonly ItemReason[]
  readonly rows: readonly ItemRow[]
  /** By row, where the tax department has assessed. */
  readonly assessments: ReadonlyMap<string, Assessment>
  readonly intervals: readonly ClockInterval[]
  readonly correction: Correction | null
  /** The post has collected its fee. */
  readonly isFeePaid: boolean
  /** Slug of the system that does not answer and is asked again for this item. */
  readonly retrying: string | null
}

interface Place {
  readonly region: Region
  readonly calendar: WorkingCalendar
  readonly acceptedOn: string | null
  /** Slugs of the application's items that have no outcome yet. */
  readonly undecided: ReadonlySet<string>
}

/** One item as the interface shows it. */
export function itemView(place: Place, facts: ItemFacts) {
  const { item, reasons, rows, correction, retrying } = facts
  const entry = place.region.matters.find(({ slug }) => slug === item.slug)
  return {
    id: item.id as string | null,
    slug: item.slug,
    title: entry?.title ?? item.slug,
    department: item.department,
    status: item.status as Item['status'] | 'draft',
    outcome: item.outcome,
    reasons: reasons.map(reasonView),
    hasIncident: item.has_incident,
    retrying: retrying === null ? null : systemName(place.region, retrying),
    waitingFor: [...new Set([...rows.filter(isWaiting).map(row => row.waiting_for ?? ''), ...predecessorOf(place, item, entry)])],
    deadline: deadlineView(place, facts.item, facts.intervals),
    receipt: receiptView(item),
    ...(entry?.hasRows ? { rows: rows.map(row => rowView(place.region, row, facts)) } : {}),
    payment: entry?.fee ? feeOf(entry.fee, facts) : paymentOf(rows),
    correction: correction && correctionView(correction),
    delivery: { method: item.delivery_method, deliveredAt: item.delivered_at === null ? null : formatInstant(item.delivered_at) }
  }
}

export type ItemView = ReturnType<typeof itemView>

/** A selected matter of a draft: nothing has happened to it yet. */
export function draftItemView(region: Region, slug: string): ItemView {
  const entry = region.matters.find(matter => matter.slug === slug)
  return {
    id: null,
    slug,
    title: entry?.title ?? slug,
    department: entry?.department ?? '',
    status: 'draft',
    outcome: null,
    reasons: [],
    hasIncident: false,
    retrying: null,
    waitingFor: [],
    deadline: {
      kind: null, acceptedOn: null, promisedDueDate: null, statutoryDueDate: null, isProvisional: false,
      isStatutoryProvisional: false, countedDays: [], days: []
    },
    receipt: null,
    ...(entry?.hasRows ? { rows: [] } : {}),
    payment: null,
    correction: null,
    delivery: { method: null, deliveredAt: null }
  }
}

function reasonView({ code, rule_id, clause, message }: ItemReason) {
  return { code, ruleId: rule_id, clause, message }
}

function receiptView({ receipt_number, receipt_issued_at }: Pick<Item, 'receipt_number' | 'receipt_issued_at'>) {
  if (receipt_number === null || receipt_issued_at === null) return null
  return { number: receipt_number, issuedAt: formatInstant(receipt_issued_at) }
}

function rowView(region: Region, row: ItemRow, { reasons, assessments }: ItemFacts) {
  return {
    id: row.id,
    insurance: row.insurance,
    title: insuranceTitle(region, row.insurance),
    status: row.status,
    outcome: row.outcome,
    restsOnExisting: row.rests_on_existing,
    waitingFor: isWaiting(row) ? row.waiting_for : null,
    payment: paymentOf([row]),
    assessment: assessmentView(assessments.get(row.id)),
    receipt: receiptView(row),
    reasons: reasons.filter(reason => reason.row_id === row.id).map(reasonView),
    hasIncident: row.has_incident
  }
}

/** As 附件2 has it, one line for each 征收品目; the numbers of the person are masked on every screen. */
function assessmentView(found: Assessment | undefined) {
  if (!found) return null
  const { socialInsuranceCode, taxpayerId, lines } = found
  return { socialInsuranceCode: maskIdNumber(socialInsuranceCode), taxpayerId: maskIdNumber(taxpayerId), lines }
}

/** The matter that goes first, while the process of this one has not begun. */
function predecessorOf({ undecided }: Place, { status }: Item, entry: MatterEntry | undefined): string[] {
  return entry?.follows && status === 'accepted' && undecided.has(entry.follows) ? [entry.follows] : []
}

/** A fee is owed once the matter is approved, until the post, which collects it at the door, says that it has. */
function feeOf({ amountFen }: Fee, { item, isFeePaid }: ItemFacts): { amountFen: number; status: 'due' | 'paid' } | null {
  return item.outcome === 'approved' ? { amountFen, status: isFeePaid ? 'paid' : 'due' } : null
}

function isWaiting({ status, waiting_for }: ItemRow): boolean {
  return status === 'waiting' && waiting_for !== null && !DECIDED_ROWS.includes(status)
}

/** The rows' amounts together; failed when one failed, due while one is due. */
function paymentOf(rows: readonly ItemRow[]): { amountFen: number; status: 'due' | 'paid' | 'failed' } | null {
  const states = rows.filter(row => row.payment_status !== null)
  if (states.length === 0) return null
  const status = (['failed', 'due'] as const).find(one => states.some(row => row.payment_status === one)) ?? 'paid'
  return { amountFen: states.reduce((sum, row) => sum + (row.amount_fen ?? 0), 0), status }
}

function correctionView(correction: Correction) {
  return {
    id: correction.id,
    deadline: correction.deadline,
    fields: correctionFields(correction),
    materials: correctionMaterials(correction)
  }
}
