import { formatInstant } from '../../../core/dates.ts'
import { AppError } from '../../../core/errors.ts'
import type { Paper } from '../../documents/papers/paper.ts'
import { matterTitle } from '../../regions/titles.ts'
import { declarationSheets } from './declaration-sheets.ts'
import { correctionNotices } from './correction-notices.ts'
import { materialsNotices } from './materials-notice.ts'
import type { Notice } from './notice.ts'
import { checkOf } from './paper-code.ts'
import { applicantName } from './paper-scope.ts'
import type { PaperScope } from './paper-scope.ts'
import { notAcceptedNotices, rejectedNotices } from './refusal-notices.ts'
import { resultNotices } from './result-notices.ts'
import { specialNotices } from './special-notices.ts'

/** What has been issued in a case, oldest first, as far as the actor may see it. */
export async function listNotices(scope: PaperScope) {
  return {
    notices: (await noticesOf(scope)).map(notice => {
      const { id, kind, slug, issuedAt } = notice
      return { id, kind, slug, title: listTitle(scope, notice), issuedAt: formatInstant(issuedAt) }
    })
  }
}

/** One notice ready for the printer, and its name in the list. Throws AppError NOT_FOUND. */
export async function openNotice(scope: PaperScope, id: string): Promise<{ paper: Paper; title: string }> {
  const notice = (await noticesOf(scope)).find(one => one.id === id)
  if (!notice) throw new AppError('NOT_FOUND')
  const { title, issuer, issuedAt, style = 'letter' } = notice
  const { number } = scope.application
  return {
    title: listTitle(scope, notice),
    paper: {
      title, number, issuer, issuedAt, style, watermark: null,
      addressee: style === 'sheet' ? null : applicantName(scope),
      blocks: await notice.blocks(),
      ...checkOf(scope.ctx, number, id, issuedAt)
    }
  }
}

/** The notices of a case by what their codes are made of. */
export async function listCodedNotices(scope: PaperScope): Promise<{ paper: string; title: string; issuedAt: number }[]> {
  return (await noticesOf(scope)).map(({ id, title, issuedAt }) => ({ paper: id, title, issuedAt }))
}

async function noticesOf(scope: PaperScope): Promise<Notice[]> {
  if (scope.application.status_draft) return []
  return [
    ...materialsNotices(scope), ...notAcceptedNotices(scope), ...await correctionNotices(scope), ...await specialNotices(scope),
    ...rejectedNotices(scope), ...resultNotices(scope), ...declarationSheets(scope)
  ].sort((a, b) => a.issuedAt - b.issuedAt)
}

function listTitle({ region }: PaperScope, { title, slug }: Notice): string {
  return slug === null ? title : `${title}（${matterTitle(region, slug)}）`
}
