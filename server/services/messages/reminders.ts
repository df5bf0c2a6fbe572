import { AppError } from '../../../core/errors.ts'
import type { ServerContext } from '../../context.ts'
import { appendAudit } from '../../db/audit.ts'
import { findOpenCorrection } from '../../db/corrections.ts'
import { findDueReminders, settleReminder } from '../../db/reminders.ts'
import type { Reminder } from '../../db/reminders.ts'
import { lockSubject } from '../subjects.ts'
import type { Subject } from '../subjects.ts'

/** A day is called up when only so many working days are left. */
const WORKING_DAYS_BEFORE = 1
const AT_ONCE = 200

/**
 * Reminds of corrections and payments that end soon and are still open: a note in the trail, which tells the person (期限提醒).
 * What has been done by then is passed over. Answers how many were reminded.
 */
export async function remind(ctx: ServerContext): Promise<number> {
  const until = ctx.calendar.addWorkingDays(ctx.clock.today(), WORKING_DAYS_BEFORE).date
  let count = 0
  for (const reminder of await findDueReminders(ctx.db, until, AT_ONCE)) count += Number(await settle(ctx, reminder))
  return count
}

async function settle(ctx: ServerContext, { id, subject_id, kind, due_on }: Reminder): Promise<boolean> {
  return ctx.db.transaction(async trx => {
    const subject = await lockSubject(trx, subject_id).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'SUBJECT_UNKNOWN') return null
      throw error
    })
    const at = ctx.clock.now()
    if (!await settleReminder(trx, id, at) || !subject) return false
    const isOpen = kind === 'payment' ? subject.row?.payment_status === 'due' : await isAwaited(trx, subject, due_on)
    if (!isOpen || due_on < ctx.clock.today()) return false
    const { application, item, row } = subject
    await appendAudit(trx, {
      chain: application.id, type: kind === 'payment' ? 'payment-due-soon' : 'correction-due-soon', actor: { role: 'system', id: 'reminders' },
      itemId: item?.id ?? null, at,
      data: {
        rowId: row?.id ?? null, deadline: due_on,
        ...(kind === 'payment' && row ? { insurance: row.insurance, amountFen: row.amount_fen } : {})
      }
    })
    return true
  })
}

async function isAwaited(trx: ServerContext['db'], { item }: Subject, dueOn: string): Promise<boolean> {
  return item !== null && (await findOpenCorrection(trx, item.id))?.deadline === dueOn
}
