import { AppError } from '../../../core/errors.ts'
import { isBeyondPublished } from '../../../core/legal-clock.ts'
import { chineseDate, chineseDay } from '../../documents/papers/chinese.ts'
import type { Paper } from '../../documents/papers/paper.ts'
import type { Item } from '../../db/items.ts'
import { departmentName, matterTitle } from '../../regions/titles.ts'
import { checkOf } from './paper-code.ts'
import { applicantName } from './paper-scope.ts'
import type { PaperScope } from './paper-scope.ts'

/**
 * 受理通知书 with the promised dates; before the rules step has accepted the application (and when it was refused) it only
 * confirms the receipt. Throws AppError NOT_SUBMITTED for a draft.
 */
export function receiptPaper(scope: PaperScope): Paper {
  const { ctx, region, application, items } = scope
  if (application.submitted_at === null || application.number === null) throw new AppError('NOT_SUBMITTED')
  const isAccepted = application.accepted_at !== null
  const issuedAt = application.accepted_at ?? application.submitted_at
  return {
    title: isAccepted ? '受理通知书' : '收件回执',
    number: application.number,
    addressee: applicantName(scope),
    blocks: [
      { kind: 'text', text: opening(scope) },
      {
        kind: 'grid',
        columns: ['序号', '办理事项', '办理部门', '办件类型', '承诺办结日期', '法定办结日期'],
        rows: items.map((item, index) => [
          String(index + 1), matterTitle(region, item.slug), departmentName(region, item.department), kindOf(item),
          dueText(scope, item), item.statutory_due === null ? '——' : dated(scope, item.statutory_due)
        ]),
        widths: [0.65, 2.5, 1.7, 1, 1.65, 1.5]
      },
      ...items.some(({ is_provisional }) => is_provisional)
        ? [{ kind: 'text', text: '标“暂定”的日期所在年份的放假安排尚未公布，公布后重新计算。' } as const]
        : [],
      {
        kind: 'text',
        text: `您可以登录${ctx.config.publicUrl}，在“我的办件”中查看进度；也可以凭办件编号和预留手机号码的后四位查询。`
          + '需要补正材料、办理结果送达时，将以短信和站内消息告知。'
      }
    ],
    issuer: `${region.name}“一件事”受理窗口`,
    issuedAt,
    ...checkOf(ctx, application.number, isAccepted ? 'receipt' : 'submitted', issuedAt),
    watermark: null,
    style: 'letter'
  }
}

function opening({ application, items }: PaperScope): string {
  const submitted = `您于${chineseDay(application.submitted_at ?? 0)}提交的灵活就业参保“一件事”申请（办件编号${application.number}）`
  if (application.accepted_on !== null) {
    return `${submitted}，共${items.length}个事项，已于${chineseDate(application.accepted_on)}受理。各事项分别办理，互不影响，办结期限如下：`
  }
  if (application.refused_at !== null) return `${submitted}已收到，经审查不予受理，理由见《不予受理告知书》。`
  return `${submitted}已收到，正在审查是否受理。受理后可在此下载《受理通知书》。所选事项如下：`
}

function kindOf({ deadline_kind }: Item): string {
  if (deadline_kind === null) return '——'
  return deadline_kind === 'immediate' ? '即办件' : '承诺件'
}

function dueText(scope: PaperScope, { promised_due }: Item): string {
  if (promised_due !== null) return dated(scope, promised_due)
  return scope.application.accepted_at === null ? '——' : '自参保登记办结之日起算'
}

/** 暂定 is said of the day that may move and of no other. */
function dated({ ctx, application: { accepted_on } }: PaperScope, day: string): string {
  const mayMove = accepted_on !== null && isBeyondPublished(ctx.calendar, accepted_on, day)
  return `${chineseDate(day)}${mayMove ? '（暂定）' : ''}`
}
