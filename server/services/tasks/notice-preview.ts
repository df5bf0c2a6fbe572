import { AppError } from '../../../core/errors.ts'
import { clauseOfReason } from '../../../core/region.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { findApplication } from '../../db/applications.ts'
import type { WorkItem } from '../../db/work-items.ts'
import type { Block } from '../../documents/papers/paper.ts'
import { departmentName } from '../../regions/titles.ts'
import { correctionText } from '../papers/correction-notices.ts'
import { paperScope } from '../papers/paper-scope.ts'
import type { PaperScope } from '../papers/paper-scope.ts'
import { rejectionText, rejectionTitle } from '../papers/refusal-notices.ts'
import { specialText } from '../papers/special-notices.ts'
import { reasonMessage } from '../steps/conclude-item.ts'
import type { CompleteInput } from './complete-input.ts'

/** What a notice would be about; unfinished writing is welcome. */
export interface NoticeInput extends Pick<CompleteInput, 'reasonCode' | 'reasonText' | 'correction'> {
  readonly kind: 'rejected' | 'correction' | 'special'
  /** Kind of the 特别程序. */
  readonly special?: string
}

const TITLES = { correction: '补正通知书', special: '特别程序告知书' } as const

export interface NoticePreview {
  readonly title: string
  readonly issuer: string
  readonly blocks: readonly PreviewBlock[]
}

interface PreviewBlock {
  readonly text?: string
  readonly columns?: readonly string[]
  readonly rows?: readonly (readonly string[])[]
}

/**
 * The notice that the applicant would get if a decision were taken as it is written now, in the words of the paper itself.
 * Nothing is stored. Throws AppError NOT_FOUND for a task without a matter of a case.
 */
export async function noticePreview(
  ctx: ServerContext, actor: Actor, task: WorkItem, input: NoticeInput
): Promise<NoticePreview> {
  const application = await findApplication(ctx.db, task.application_id)
  if (!application || task.slug === null) throw new AppError('NOT_FOUND')
  const scope = await paperScope(ctx, actor, application)
  return {
    title: input.kind === 'rejected' ? rejectionTitle(scope.region) : TITLES[input.kind],
    issuer: departmentName(scope.region, task.department),
    blocks: (await blocksOf(scope, { ...task, slug: task.slug }, input)).map(shown)
  }
}

async function blocksOf(scope: PaperScope, { slug, row_id }: WorkItem & { slug: string }, input: NoticeInput): Promise<Block[]> {
  const { ctx, region } = scope
  const { reasonCode = '', reasonText = '', correction } = input
  const today = ctx.clock.today()
  switch (input.kind) {
    case 'rejected': {
      const insurance = scope.rows.find(({ id }) => id === row_id)?.insurance ?? null
      const [message, clause] = [reasonMessage(region, reasonCode, reasonText), clauseOfReason(region, reasonCode, slug)]
      return rejectionText(region, slug, insurance, [{ message, clause, rule_id: null }])
    }
    case 'correction': {
      const withText = <T extends { text?: string }>(mark: T): T & { text: string } => ({ ...mark, text: mark.text ?? '' })
      return correctionText(scope, slug, {
        fields: (correction?.fields ?? []).map(withText), materials: (correction?.materials ?? []).map(withText),
        deadline: ctx.calendar.addWorkingDays(today, region.thresholds.correctionWorkingDays).date
      })
    }
    case 'special': {
      const kind = region.specialProcedures?.find(({ code }) => code === input.special)
      return specialText(region, slug, { label: kind?.text ?? '……', clause: kind?.clause ?? '……', startedOn: today, reason: reasonText.trim() || '……' })
    }
  }
}

/** Notices are made of text and tables of text. */
function shown(block: Block): PreviewBlock {
  if (block.kind === 'text') return { text: block.text }
  if (block.kind === 'grid') return { columns: block.columns, rows: block.rows.map(row => row.map(cell => (typeof cell === 'string' ? cell : ''))) }
  return {}
}
