import { timingSafeEqual } from 'node:crypto'
import { formatInstant } from '../../core/dates.ts'
import { AppError } from '../../core/errors.ts'
import { maskName } from '../../core/masking.ts'
import type { ServerContext } from '../context.ts'
import { findApplicationByNumber, readContent } from '../db/applications.ts'
import { findItemsOfApplication } from '../db/items.ts'
import { applicationStatus } from './application-status.ts'
import { mobileLast4Key } from './person-keys.ts'

/**
 * Progress for somebody who has the number and the last four digits of the mobile. A wrong number and wrong digits are the same
 * NOT_FOUND (404), so that neither can be guessed alone.
 */
export async function lookUp(ctx: ServerContext, number: string, mobileLast4: string) {
  const application = await findApplicationByNumber(ctx.db, number)
  const isRight = equal(mobileLast4Key(ctx.crypto, mobileLast4), application?.mobile_last4_key ?? '')
  if (!application || !isRight || application.submitted_at === null) {
    throw new AppError('NOT_FOUND', { detail: '没有找到相应的办件，请核对办件编号和手机号后四位。' })
  }
  const region = ctx.regions.get(application.region)
  const items = await findItemsOfApplication(ctx.db, application.id)
  const person = readContent(ctx, application).common.person as { name?: string } | undefined
  return {
    number,
    region: application.region,
    applicant: maskName(person?.name ?? ''),
    status: applicationStatus(application, items),
    submittedAt: formatInstant(application.submitted_at),
    items: items.map(({ slug, status }) => {
      const title = region.matters.find(matter => matter.slug === slug)?.title ?? slug
      return { slug, title, status }
    })
  }
}

/** Whether two keyed hashes are the same, in a time that tells nothing. */
export function equal(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
