import { AppError } from '../../../core/errors.ts'
import { maskMobile } from '../../../core/masking.ts'
import type { Region } from '../../../core/region.ts'
import type { Item } from '../../db/items.ts'
import { chineseTime } from '../../documents/papers/chinese.ts'
import type { Paper } from '../../documents/papers/paper.ts'
import { departmentName, matterTitle } from '../../regions/titles.ts'
import { applicantName } from '../papers/paper-scope.ts'
import type { PaperScope } from '../papers/paper-scope.ts'
import { intakeOf } from './intake.ts'

const DECIDED: Readonly<Record<string, string>> = { approved: '审核通过', withdrawn: '已撤回', 'not-accepted': '不予受理' }

/**
 * 等候回访凭证: for whoever goes home before an immediate item is done. Says what was taken in, how far it is, and who will call.
 * @throws AppError NOT_SUBMITTED (409) while no call was promised
 */
export async function takeHomePaper(scope: PaperScope): Promise<Paper> {
  const { ctx, region, application, items, content } = scope
  const { call_back_promised_at: promisedAt } = await intakeOf(ctx, application)
  if (promisedAt === null) throw new AppError('NOT_SUBMITTED', { detail: '还没有登记回访，请先登记再打印。' })
  const { mobile } = (content.common.person ?? {}) as { mobile?: unknown }
  const { hotline } = region
  return {
    title: '等候回访凭证', number: application.number, addressee: applicantName(scope),
    blocks: [
      { kind: 'text', text: `您在窗口提交的申请正在办理，下列即办事项尚未全部办结。您可以先回去，办结后我们会打电话告知结果，您不用再来等候。` },
      {
        kind: 'grid', columns: ['序号', '办理事项', '办理部门', '目前进度'], widths: [0.6, 2.6, 1.8, 1.2],
        rows: items.map((item, index) => [
          String(index + 1), matterTitle(region, item.slug), departmentName(region, item.department), progressOf(region, item)
        ])
      },
      {
        kind: 'fields',
        fields: [
          { label: '回访电话', cell: typeof mobile === 'string' ? maskMobile(mobile) : '——', isWide: false },
          { label: '登记时间', cell: chineseTime(promisedAt), isWide: false }
        ]
      },
      { kind: 'text', text: `回访电话如有变动，请告诉窗口。查询进度可凭办件编号和预留手机号码的后四位${hotline ? `，或拨打${hotline.name}` : ''}。` }
    ],
    issuer: `${region.name}“一件事”受理窗口`, issuedAt: promisedAt, checkUrl: null, checkCode: null, watermark: null, style: 'letter'
  }
}

function progressOf({ decisionWords }: Region, { outcome }: Item): string {
  return outcome === 'rejected' ? decisionWords.rejected : DECIDED[outcome ?? ''] ?? '办理中'
}
