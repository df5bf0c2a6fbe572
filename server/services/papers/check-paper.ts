import { timingSafeEqual } from 'node:crypto'
import type { ServerContext } from '../../context.ts'
import { findApplicationByNumber } from '../../db/applications.ts'
import type { Application } from '../../db/applications.ts'
import { listCodedNotices } from './notices.ts'
import { paperCode } from './paper-code.ts'
import { wholeScope } from './paper-scope.ts'

export interface GenuinePaper {
  readonly title: string
  readonly number: string
  /** Instant of issue, ms. */
  readonly issuedAt: number
  readonly region: string
}

/** What the number and the code of a printed paper stand for, nothing of the person; null when no paper of ours bears both. */
export async function checkPaper(ctx: ServerContext, number: string, code: string): Promise<GenuinePaper | null> {
  const application = await findApplicationByNumber(ctx.db, number)
  if (!application || application.submitted_at === null) return null
  const papers = [...ownPapers(application), ...await listCodedNotices(await wholeScope(ctx, application))]
  const given = code.toUpperCase()
  const found = papers.find(({ paper, issuedAt }) => isEqual(paperCode(ctx.crypto, { number, paper, issuedAt }), given))
  if (!found) return null
  return { title: found.title, number, issuedAt: found.issuedAt, region: ctx.regions.get(application.region).name }
}

/** The papers that every case has, under the names by which they are coded. */
function ownPapers({ submitted_at, accepted_at }: Application) {
  return [
    { paper: 'form', title: '灵活就业参保“一件事”申请表', issuedAt: submitted_at! },
    { paper: 'submitted', title: '收件回执', issuedAt: submitted_at! },
    ...accepted_at === null ? [] : [{ paper: 'receipt', title: '受理通知书', issuedAt: accepted_at }]
  ]
}

function isEqual(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
