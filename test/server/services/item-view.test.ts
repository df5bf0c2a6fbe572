import { expect } from 'chai'
import { calendarYears } from '../../../core/calendar/index.ts'
import { createCalendar } from '../../../core/working-days.ts'
import type { ItemRow } from '../../../server/db/item-rows.ts'
import type { Item } from '../../../server/db/items.ts'
import { createRegionCatalogue } from '../../../server/regions/catalogue.ts'
import { draftItemView, itemView } from '../../../server/services/item-view.ts'
import type { ItemFacts } from '../../../server/services/item-view.ts'

const region = createRegionCatalogue().get('guangxi')
const place = { region, calendar: createCalendar(calendarYears), acceptedOn: '2026-09-30', undecided: new Set<string>() }
const item: Item = {
  id: 'i', application_id: 'a', slug: 'contribution', region: 'guangxi', department: 'tax', division: '450103', channel: 'online', status: 'reviewing', outcome: null,
  person_key: 'p', promised_due: '2026-10-09', statutory_due: null, red_due: null, deadline_kind: 'promised', is_provisional: false, promised_days: null, statutory_days: null,
  receipt_number: 'R1', receipt_issued_at: 0, delivery_method: 'online', delivered_at: null, round: 1, withdraw_requested_at: null,
  has_incident: false, decided_at: null, version: 1, created_at: 1, updated_at: 1
}
const facts: ItemFacts = { item, reasons: [], rows: [], assessments: new Map(), intervals: [], correction: null, isFeePaid: false, retrying: null }
const row: ItemRow = {
  id: 'r', item_id: 'i', application_id: 'a', insurance: 'flexible-pension', status: 'waiting', outcome: null, rests_on_existing: false,
  waiting_for: 'flexible-pension', amount_fen: null, assessment_enc: null, payment_status: null, receipt_number: null, receipt_issued_at: null, has_incident: false,
  decided_at: null, created_at: 1, updated_at: 1
}

describe('services/item-view', () => {
  it('counts the days of the promise over holidays and says why each other day was not', () => {
    const { deadline } = itemView(place, facts)
    expect(deadline.countedDays).to.deep.equal(['2026-10-08', '2026-10-09'])
    expect(deadline.days.find(({ date }) => date === '2026-10-01')).to.include({ counted: false, note: '国庆节放假' })
    expect(deadline.days[0]).to.include({ date: '2026-09-30', counted: false, note: '受理当日，不计入' })
  })

  it('counts the same day for an immediate item, and no day of a stop', () => {
    const immediate = itemView(place, { ...facts, item: { ...item, promised_due: '2026-09-30', deadline_kind: 'immediate' } })
    expect(immediate.deadline.countedDays).to.deep.equal(['2026-09-30'])
    const interval = { id: 'c', subject_id: 'i', kind: 'special', started_on: '2026-10-08', ended_on: '2026-10-08', reason: null } as const
    expect(itemView(place, { ...facts, intervals: [interval] }).deadline.countedDays).to.deep.equal(['2026-10-09'])
  })

  it('says 暂定 of the day that may move and of no other', () => {
    const late = { ...place, acceptedOn: '2026-12-30' }
    const today = { ...item, promised_due: '2026-12-30', statutory_due: '2027-01-27', deadline_kind: 'immediate' as const, is_provisional: true }
    expect(itemView(late, { ...facts, item: today }).deadline).to.include({ isProvisional: false, isStatutoryProvisional: true })
    const next = { ...today, promised_due: '2027-01-05', statutory_due: null }
    expect(itemView(late, { ...facts, item: next }).deadline).to.include({ isProvisional: true, isStatutoryProvisional: false })
  })

  it('shows what waits for what, and adds the payments up', () => {
    const waiting = itemView(place, { ...facts, rows: [row] })
    expect([waiting.waitingFor, waiting.payment]).to.deep.equal([['flexible-pension'], null])
    const rows: ItemRow[] = [
      { ...row, status: 'approved', amount_fen: 100, payment_status: 'paid' },
      { ...row, id: 'r2', insurance: 'flexible-medical', status: 'approved', amount_fen: 50, payment_status: 'due' }
    ]
    const due = itemView(place, { ...facts, rows })
    expect([due.waitingFor, due.payment]).to.deep.equal([[], { amountFen: 150, status: 'due' }])
    expect(due.rows?.[1]?.payment).to.deep.equal({ amountFen: 50, status: 'due' })
  })

  it('shows what the tax department found line by line, with the numbers of the person masked', () => {
    const lines = [{ item: '灵活就业人员基本养老保险', subitem: '个人缴费', amountFen: 81_080, baseFen: 405_400, rateBasisPoints: 2000 }]
    const assessments = new Map([['r', { socialInsuranceCode: '450000000000000001', taxpayerId: '450103199008160244', lines }]])
    const [shown] = itemView(place, { ...facts, rows: [row], assessments }).rows!
    expect(shown!.assessment).to.deep.equal({ socialInsuranceCode: '450000********0001', taxpayerId: '450103********0244', lines })
    expect(itemView(place, { ...facts, rows: [row] }).rows![0]!.assessment).to.equal(null)
  })

  it('shows a fixed fee once it is owed, and which matter goes first', () => {
    const ningxia = { ...place, region: createRegionCatalogue().get('ningxia') }
    const card: Item = { ...item, slug: 'social-security-card', department: 'hrss' }
    expect(itemView(ningxia, { ...facts, item: card }).payment).to.equal(null)
    expect(itemView(ningxia, { ...facts, item: { ...card, outcome: 'approved' } }).payment).to.deep.equal({ amountFen: 580, status: 'due' })
    const collected = itemView(ningxia, { ...facts, item: { ...card, outcome: 'approved' }, isFeePaid: true })
    expect(collected.payment, 'paid at the door').to.deep.equal({ amountFen: 580, status: 'paid' })

    const insurance: Item = { ...item, slug: 'social-insurance', department: 'hrss', status: 'accepted' }
    const whileOpen = { ...ningxia, undecided: new Set(['employment-registration']) }
    expect(itemView(whileOpen, { ...facts, item: insurance }).waitingFor).to.deep.equal(['employment-registration'])
    expect(itemView(ningxia, { ...facts, item: insurance }).waitingFor).to.deep.equal([])
    expect(itemView(whileOpen, { ...facts, item: { ...insurance, status: 'reviewing' } }).waitingFor).to.deep.equal([])
  })

  it('gives the receipt and the rows only where there are any', () => {
    expect(itemView(place, facts).receipt).to.deep.equal({ number: 'R1', issuedAt: '1970-01-01T08:00:00.000+08:00' })
    expect(itemView(place, { ...facts, item: { ...item, slug: 'flexible-pension' } })).not.to.have.property('rows')
    expect(draftItemView(region, 'contribution')).to.include({ id: null, status: 'draft', title: '灵活就业人员社会保险费申报' })
  })
})
