import { AppError } from '../../../core/errors.ts'
import { auditActor } from '../../auth/actor.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { appendAudit } from '../../db/audit.ts'
import type { Paper } from '../../documents/papers/paper.ts'
import { precheck } from '../policy/precheck.ts'
import { readCard } from './card-reading.ts'

/** What the counters of the actor's region send on elsewhere. */
export function listReferrals({ regions }: Pick<ServerContext, 'regions'>, actor: Actor) {
  return (regions.get(actor.region ?? '').referrals ?? []).map(({ code, title, to }) => ({ code, title, to }))
}

/**
 * 转办告知单: what is not done here, why (the rule's own words and clause), and where it is. Noted in the trail.
 * @throws AppError NOT_FOUND for a referral that the region does not know, FORM_INVALID for a card that cannot be read
 */
export async function referralPaper(ctx: ServerContext, actor: Actor, code: string, reading?: string): Promise<Paper> {
  const region = ctx.regions.get(actor.region ?? '')
  const referral = region.referrals?.find(one => one.code === code)
  if (!referral) throw new AppError('NOT_FOUND')
  const { matter, facts, title, to } = referral
  const addressee = reading === undefined ? null : readCard(reading, ctx.clock.today()).name
  const { matters } = await precheck(ctx, region.slug, { channel: 'window', matters: [matter], facts })
  const reasons = matters.flatMap(one => (one.status === 'ineligible' ? one.reasons : []))
  const issuedAt = ctx.clock.now()
  await appendAudit(ctx.db, {
    chain: 'system', type: 'applicant-referred', actor: auditActor(actor), at: issuedAt,
    data: { code, region: region.slug, ruleIds: reasons.map(({ ruleId }) => ruleId) }
  })
  return {
    title: '转办告知单', number: null, addressee,
    blocks: [
      { kind: 'text', text: `您要办理的“${title}”不在本窗口受理，请到${to}办理。` },
      {
        kind: 'grid', title: '为什么', columns: ['原因', '依据'], widths: [3, 3],
        rows: reasons.map(({ message, clause }) => [message, clause])
      },
      { kind: 'text', text: `其他事项仍可在本窗口一次办理。${region.hotline ? `如有疑问，请拨打${region.hotline.name}。` : ''}` }
    ],
    issuer: `${region.name}“一件事”受理窗口`, issuedAt, checkUrl: null, checkCode: null, watermark: null, style: 'letter'
  }
}
