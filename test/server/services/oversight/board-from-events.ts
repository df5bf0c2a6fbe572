import { oracleCount } from '../../../core/clock-oracle.ts'

/**
 * The board once more, by another way: from nothing but the events of the audit trail. No table of cases is read, and no line of
 * the server's counting is used; the working days are those of the clock's oracle.
 */
export interface TrailEvent {
  readonly chain: string
  readonly at: number
  readonly type: string
  readonly item_id: string | null
  readonly data: string
}

export interface Moment {
  /** Business ms. */
  readonly now: number
  readonly region: string
  /** '' = the whole region. */
  readonly divisionPrefix: string
  readonly warnRemainingWorkingDays: number
  /** Time of day from which what is promised for today is 预警, HH:MM. */
  readonly closingSoon: string
}

export interface TrailItem {
  readonly slug: string
  readonly department: string
  readonly division: string
  readonly channel: string
  readonly region: string
  /** Rows that a declaration has in all. */
  readonly rowCount: number
  readonly rows: Map<string, string>
  /** What waits for the applicant: a row's id, '' for the item itself. */
  readonly corrections: Set<string>
  kind?: string
  acceptedOn?: string
  dates: { promisedDue: string | null; redDue: string | null } | null
  isInSpecial: boolean
  wasCorrected: boolean
  outcome?: string
  decidedAt?: number
}

interface TrailOutage { readonly region: string; readonly department: string | null; readonly division: string | null }

export interface Trail {
  readonly items: readonly TrailItem[]
  /** Outages that last. */
  readonly outages: readonly TrailOutage[]
  /** Each reason of each correction that was asked for. */
  readonly asked: readonly { readonly item: TrailItem; readonly at: number; readonly code: string }[]
}

/* eslint-disable @typescript-eslint/no-explicit-any -- the data of an event is what its type says */

/** Plays the events, in the order of their chains, to the state in which they leave the items. */
export function playTrail(events: readonly TrailEvent[]): Trail {
  const items = new Map<string, TrailItem>()
  const outages = new Map<string, TrailOutage & { endedOn: string | null }>()
  const asked: { item: TrailItem; at: number; code: string }[] = []
  for (const { type, item_id, at, data: text } of events) {
    const data = JSON.parse(text) as any
    if (type === 'application-submitted') {
      for (const { itemId, slug, department, division, rows } of data.items) {
        items.set(itemId, {
          slug, department, division, channel: data.channel, region: data.region, rowCount: rows.length, rows: new Map(),
          corrections: new Set(), dates: null, isInSpecial: false, wasCorrected: false
        })
      }
    }
    if (type === 'application-accepted') {
      for (const { itemId, kind, dates } of data.clocks) Object.assign(items.get(itemId)!, { kind, dates, acceptedOn: data.acceptedOn })
    }
    if (type === 'outage-declared' || type === 'outage-ended') outages.set(data.outageId, data)
    const item = items.get(item_id ?? '')
    if (!item) continue
    if (data.dates) item.dates = data.dates
    if (type === 'special-started') item.isInSpecial = true
    if (type === 'special-ended') item.isInSpecial = false
    if (type === 'correction-opened') {
      item.corrections.add(data.rowId ?? '')
      item.wasCorrected = true
      for (const code of data.reasonCodes) asked.push({ item, at, code })
    }
    if (type === 'item-resumed') item.corrections.delete(data.rowId ?? '')
    const outcome = ENDS[type] ?? (type === 'row-declined' ? data.outcome as string : undefined)
    if (outcome) settle(item, { outcome, rowId: data.rowId ?? null, at })
  }
  return { items: [...items.values()], outages: [...outages.values()].filter(({ endedOn }) => endedOn === null), asked }
}

const ENDS: Readonly<Record<string, string>> = {
  'item-approved': 'approved', 'item-rejected': 'rejected', 'item-withdrawn': 'withdrawn', 'correction-lapsed': 'withdrawn'
}

function settle(item: TrailItem, { outcome, rowId, at }: { outcome: string; rowId: string | null; at: number }): void {
  item.corrections.delete(rowId ?? '')
  if (rowId === null) Object.assign(item, { outcome, decidedAt: at })
  else item.rows.set(rowId, outcome)
  if (rowId === null || item.rows.size < item.rowCount) return
  const all = [...item.rows.values()]
  const whole = all.includes('approved') ? 'approved' : all.every(one => one === 'withdrawn') ? 'withdrawn' : 'rejected'
  Object.assign(item, { outcome: whole, decidedAt: at })
}

/** The items of a remit. */
export function within({ items }: Trail, { region, divisionPrefix }: Moment): TrailItem[] {
  return items.filter(item => item.region === region && item.division.startsWith(divisionPrefix) && item.acceptedOn !== undefined)
}

/** Colour of an open item: onTrack, atRisk, overdue, red or stopped. */
export function colourOf(item: TrailItem, { outages }: Trail, { now, warnRemainingWorkingDays, closingSoon }: Moment): string {
  const covers = (outage: TrailOutage): boolean => outage.region === item.region && (outage.department ?? item.department) === item.department
    && item.division.startsWith(outage.division?.replace(/(00)+$/, '') ?? '')
  if (item.corrections.size > 0 || item.isInSpecial || !item.dates?.promisedDue || outages.some(covers)) return 'stopped'
  const { promisedDue, redDue } = item.dates
  const [today, time] = localOf(now)
  if (redDue !== null && redDue < today) return 'red'
  if (promisedDue < today) return 'overdue'
  if (item.kind === 'immediate') return promisedDue === today && time >= closingSoon ? 'atRisk' : 'onTrack'
  return oracleCount(localOf(now - DAY)[0], promisedDue) <= warnRemainingWorkingDays ? 'atRisk' : 'onTrack'
}

/** 按时, 即办, 一次办结 and the outcomes of decided items; a rate of nothing is null. */
export function ratesOf(items: readonly TrailItem[]) {
  const count = (is: (item: TrailItem) => boolean): number => items.filter(is).length
  const rate = (is: (item: TrailItem) => boolean): number | null => items.length === 0 ? null : Math.round(count(is) / items.length * 1000) / 1000
  return {
    decided: items.length,
    approved: count(({ outcome }) => outcome === 'approved'), rejected: count(({ outcome }) => outcome === 'rejected'),
    withdrawn: count(({ outcome }) => outcome === 'withdrawn'),
    onTimeRate: rate(({ dates, decidedAt }) => !dates?.promisedDue || localOf(decidedAt!)[0] <= dates.promisedDue),
    immediateRate: rate(({ kind }) => kind === 'immediate'), atOnceRate: rate(({ wasCorrected }) => !wasCorrected)
  }
}

const DAY = 86_400_000

/** Date and time of day in Shanghai. */
function localOf(at: number): [string, string] {
  const text = new Date(at + 8 * 3_600_000).toISOString()
  return [text.slice(0, 10), text.slice(11, 16)]
}
