import { AppError } from '../../../core/errors.ts'
import type { Deadline, LegalClock } from '../../../core/legal-clock.ts'
import { findIntervals, openInterval } from '../../db/clock-intervals.ts'
import type { ItemRow } from '../../db/item-rows.ts'
import { updateRow } from '../../db/item-rows.ts'
import type { Item } from '../../db/items.ts'
import { updateItem } from '../../db/items.ts'
import type { EngineVariables } from '../../engine/engine-variables.ts'
import { deadlineOf } from '../policy/deadlines.ts'
import { lastPaymentDays } from '../policy/payment-days.ts'
import { beganAt, clockFrom, dateColumns, datesTold, promisedTo } from '../legal-dates.ts'
import { materialsStateOf } from '../materials/route.ts'
import type { MaterialsState } from '../materials/state.ts'
import { paymentDeadline, processDates } from './process-dates.ts'
import { addReason, settleItem, settleRow } from './settle.ts'
import type { RecordStep, StepScope } from './step.ts'

interface Prepared {
  readonly deadline: Deadline | null
  /** Of a row, those that its rules name. */
  readonly paymentDays: readonly string[]
  readonly materialsState: MaterialsState
}

/**
 * The process of an item, or of a row of a declaration, begins. What was withdrawn before it could begin ends here. A row's
 * clock starts now: its registration is done, or it rests on an existing one (须知: 分行填写).
 */
export const openItem: RecordStep<Prepared> = {
  async prepare(ctx, subject) {
    const { application, item, row } = subject
    const region = ctx.regions.get(application.region)
    return {
      // A row's promise is made now; an item's was made at acceptance.
      deadline: item && row ? await deadlineOf(ctx, region, application.channel, item.slug) : null,
      paymentDays: await lastPaymentDays(ctx, subject),
      materialsState: await materialsStateOf(ctx, application, item, row)
    }
  },

  async run(scope, { deadline, paymentDays, materialsState }) {
    const { subject } = scope
    const item = itemOrConflict(subject.item)
    if (subject.application.accepted_at === null) throw new AppError('STEP_CONFLICT')
    const settled = subject.row ? subject.row.outcome : item.outcome
    if (settled !== null) return { isOpen: false, outcome: settled }
    if (item.withdraw_requested_at !== null) return withdrawUnopened(scope, item, subject.row)
    const { row } = subject
    const opened = row && deadline ? await openRow(scope, item, row, { deadline, paymentDays }) : await openWhole(scope, item)
    return { ...opened, materialsState }
  }
}

async function openWhole(
  { ctx, trx, region, subject: { application }, at, audit }: StepScope, item: Item
): Promise<EngineVariables> {
  const intervals = await findIntervals(trx, item.id)
  const start = beganAt(intervals, application.accepted_at, application.accepted_on)
  const deadline = promisedTo(ctx.calendar, item, application.accepted_on!, intervals)
  const clock = clockFrom({ region, calendar: ctx.calendar, division: item.division }, deadline, start, intervals)
  if (item.status === 'accepted') {
    await updateItem(trx, item.id, { status: 'reviewing' }, at)
    await audit('item-opened', { promisedDue: item.promised_due })
  }
  return { isOpen: true, ...processDates(region, item, clock) }
}

async function openRow(
  { ctx, trx, region, at, today, audit }: StepScope, item: Item, row: ItemRow,
  { deadline, paymentDays }: Pick<Prepared, 'paymentDays'> & { readonly deadline: Deadline }
): Promise<EngineVariables> {
  const [running] = await findIntervals(trx, row.id)
  const start = running ? beganAt([running], null, null) : at
  const clock = clockFrom({ region, calendar: ctx.calendar, division: item.division }, deadline, start)
  if (row.status === 'waiting') {
    await updateRow(trx, row.id, { status: 'reviewing' }, at)
    if (!running) await openInterval(trx, { subjectId: row.id, kind: 'running', startedOn: today })
    const isLater = await datesOfItem(trx, item, clock, deadline, { at, today })
    await audit('row-opened', {
      rowId: row.id, insurance: row.insurance, promisedDue: clock.promisedDueDate, ...(isLater ? { dates: datesTold(clock) } : {})
    })
  }
  const until = paymentDeadline(ctx.calendar, region, today, paymentDays)
  return { isOpen: true, ...processDates(region, item, clock), paymentDeadline: until }
}

/** A declaration is due with the last of its rows; its clock begins with the first. Answers whether its dates changed. */
async function datesOfItem(
  trx: StepScope['trx'], item: Item, clock: LegalClock, deadline: Deadline, { at, today }: { at: number; today: string }
): Promise<boolean> {
  const isLater = item.promised_due === null || (clock.promisedDueDate ?? '') > item.promised_due
  const status = item.status === 'correcting' ? item.status : 'reviewing'
  if ((await findIntervals(trx, item.id)).length === 0) await openInterval(trx, { subjectId: item.id, kind: 'running', startedOn: today })
  await updateItem(trx, item.id, { status, ...(isLater ? dateColumns(deadline, clock) : {}) }, at)
  return isLater
}

async function withdrawUnopened(scope: StepScope, item: Item, row: ItemRow | null): Promise<EngineVariables> {
  await addReason(scope, item, row, { code: 'WITHDRAWN', message: '申请人撤回', source: 'applicant' })
  if (row) await settleRow(scope, item, row, 'withdrawn')
  else await settleItem(scope, item, 'withdrawn')
  await scope.audit('item-withdrawn', { rowId: row?.id ?? null })
  return { isOpen: false, outcome: 'withdrawn' }
}

function itemOrConflict(item: Item | null): Item {
  if (!item) throw new AppError('STEP_CONFLICT')
  return item
}
