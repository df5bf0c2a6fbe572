import { AppError } from '../../../core/errors.ts'
import { auditActor } from '../../auth/actor.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { appendAudit } from '../../db/audit.ts'
import { chineseTime } from '../../documents/papers/chinese.ts'
import type { Paper } from '../../documents/papers/paper.ts'
import { matterTitle } from '../../regions/titles.ts'
import { drawnSignature } from '../papers/form-paper.ts'
import { openNotice } from '../papers/notices.ts'
import { applicantName, wholeScope } from '../papers/paper-scope.ts'
import { handedOver, isFetched, pickupOf } from './pickup.ts'

const COLLECTORS = { applicant: '申请人本人', agent: '代办人' } as const
const WAYS = { screen: '屏幕签名', paper: '在本单上签名', fingerprint: '按指印' } as const

/** A result as it is handed out, with the full name; that it was printed is noted. Throws NOT_FOUND for another notice. */
export async function pickupResult(
  ctx: ServerContext, actor: Actor, taskId: string, notice: string
): Promise<{ paper: Paper; title: string }> {
  const { application } = await pickupOf(ctx, taskId)
  const scope = await wholeScope(ctx, application)
  if (!scope.items.some(item => isFetched(item) && `result-${item.id}` === notice)) throw new AppError('NOT_FOUND')
  await noteView(ctx, actor, application.id, { taskId, purpose: 'result-printed' })
  return openNotice(scope, notice)
}

/** 送达回证: what was handed over, to whom, by whom and when, with the signature. Throws AppError NOT_FOUND before that. */
export async function handOverPaper(ctx: ServerContext, actor: Actor, taskId: string): Promise<Paper> {
  const { task, application } = await pickupOf(ctx, taskId)
  const handed = await handedOver(ctx, task)
  if (!handed) throw new AppError('NOT_FOUND')
  await noteView(ctx, actor, application.id, { taskId, purpose: 'hand-over-printed' })
  const scope = await wholeScope(ctx, application)
  const { region, items, content } = scope
  const { collector, way, witness, signature } = handed.values
  const agent = content.agent as { name?: string } | null
  const field = (label: string, cell: string) => ({ label, cell, isWide: false })
  return {
    title: '送达回证', number: application.number, addressee: null,
    blocks: [
      {
        kind: 'fields',
        fields: [
          field('受送达人', applicantName(scope)), field('领取人', collector === 'agent' ? `${agent?.name ?? ''}（代办人）` : COLLECTORS.applicant),
          field('送达方式', '窗口当面交付，已核验身份证件'), field('送达时间', chineseTime(handed.at)),
          field('签收方式', WAYS[way]), field('经办人', handed.by), ...witness ? [field('见证人', witness)] : []
        ]
      },
      {
        kind: 'grid', title: '送达的文书', columns: ['序号', '文书', '办理事项', '回执编号'], widths: [0.6, 1.6, 2.8, 1.8],
        rows: items.filter(isFetched).map((item, index) => [String(index + 1), '办结结果通知书', matterTitle(region, item.slug), item.receipt_number ?? '——'])
      },
      { kind: 'signature', label: '领取人：', image: signature ? await drawnSignature(signature) : null, date: chineseTime(handed.at).split(' ')[0] ?? null }
    ],
    issuer: `${region.name}“一件事”受理窗口`, issuedAt: handed.at, checkUrl: null, checkCode: null, watermark: null, style: 'letter'
  }
}

function noteView(ctx: ServerContext, actor: Actor, chain: string, data: Readonly<Record<string, unknown>>) {
  return appendAudit(ctx.db, { chain, type: 'personal-data-viewed', actor: auditActor(actor), data, at: ctx.clock.now() })
}
