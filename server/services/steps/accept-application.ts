import { AppError } from '../../../core/errors.ts'
import type { Deadline } from '../../../core/legal-clock.ts'
import { readContent, updateApplication } from '../../db/applications.ts'
import { openInterval } from '../../db/clock-intervals.ts'
import { findRowsOfItem } from '../../db/item-rows.ts'
import type { Item } from '../../db/items.ts'
import { findItemsOfApplication, updateItem } from '../../db/items.ts'
import { saveLicenceChecks } from '../../db/material-checks.ts'
import type { LicenceCheck } from '../../db/material-checks.ts'
import { deadlineOf } from '../policy/deadlines.ts'
import { clockFrom, dateColumns, datesTold } from '../legal-dates.ts'
import { askForLicences } from '../materials/licences.ts'
import { materialsNeeded } from '../materials/needed.ts'
import { decidesRoute } from '../materials/state.ts'
import type { RecordStep, StepScope } from './step.ts'

interface Prepared {
  readonly deadlines: ReadonlyMap<string, Deadline>
  readonly licences: readonly LicenceCheck[]
}

/**
 * 受理: the clocks begin. Each item is promised what the table says today and keeps it. A row of a declaration that waits for
 * its registration has no clock yet, so a declaration of such rows alone gets its dates with its first row. Licences that may
 * replace a material are asked for now at the latest (免提交).
 */
export const acceptApplication: RecordStep<Prepared> = {
  async prepare(ctx, { application }) {
    const region = ctx.regions.get(application.region)
    const deadlines = new Map<string, Deadline>()
    for (const { slug } of await findItemsOfApplication(ctx.db, application.id)) {
      deadlines.set(slug, await deadlineOf(ctx, region, application.channel, slug))
    }
    const content = readContent(ctx, application)
    const needed = (await materialsNeeded(ctx, application, content)).filter(decidesRoute)
    const licences = await askForLicences(ctx, application, content, needed.flatMap(({ licence }) => licence ?? []))
    return { deadlines, licences }
  },

  async run(scope, { deadlines, licences }) {
    const { trx, subject: { application }, at, today } = scope
    if (application.accepted_at !== null) return {}
    if (application.status_draft || application.refused_at !== null) throw new AppError('STEP_CONFLICT')
    const items = (await findItemsOfApplication(trx, application.id)).filter(({ status }) => status === 'submitted')
    const clocks: object[] = []
    for (const item of items) clocks.push({ itemId: item.id, ...await acceptItem(scope, item, deadlines.get(item.slug)) })
    await saveLicenceChecks(trx, licences)
    await updateApplication(trx, application.id, { accepted_at: at, accepted_on: today }, at)
    await scope.audit('application-accepted', { acceptedOn: today, items: items.map(({ slug }) => slug), clocks })
    return {}
  }
}

/** Answers what the audit trail notes of the promise. */
async function acceptItem(
  { ctx, trx, region, at, today }: StepScope, item: Item, deadline: Deadline | undefined
): Promise<object> {
  if (!deadline) throw new AppError('STEP_CONFLICT') // an item that was added after the question
  const rows = await findRowsOfItem(trx, item.id)
  if (rows.length > 0 && rows.every(row => row.waiting_for !== null)) {
    await updateItem(trx, item.id, { status: 'waiting', deadline_kind: deadline.kind }, at)
    return { kind: deadline.kind, dates: null }
  }
  const clock = clockFrom({ region, calendar: ctx.calendar, division: item.division }, deadline, at)
  await updateItem(trx, item.id, { status: 'accepted', ...dateColumns(deadline, clock) }, at)
  await openInterval(trx, { subjectId: item.id, kind: 'running', startedOn: today })
  return { kind: deadline.kind, dates: datesTold(clock) }
}
