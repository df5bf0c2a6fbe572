import { AppError } from '../../../core/errors.ts'
import type { ServerContext } from '../../context.ts'
import { findApplication, readContent } from '../../db/applications.ts'
import type { ApplicationContent } from '../../db/applications.ts'
import type { CorrectionField, CorrectionMaterial } from '../../db/corrections.ts'
import type { WorkItem } from '../../db/work-items.ts'
import { isFormField } from '../forms/form-field.ts'
import type { CompleteInput } from './complete-input.ts'

/** What a decision asks the applicant to put right. */
export interface AskedCorrection {
  readonly fields: readonly CorrectionField[]
  readonly materials: readonly CorrectionMaterial[]
}

/**
 * The correction that a decision asks for. Only what the applicant can answer may be asked: fields that the form has, and of
 * those the common ones, the agent's, and those of the task's own matter. Throws AppError DECISION_INVALID (422).
 */
export async function askedCorrection(
  ctx: ServerContext, task: WorkItem, { correction }: CompleteInput
): Promise<AskedCorrection> {
  const fields = (correction?.fields ?? []).map(({ path, reasonCode, text = '' }) => ({ path, reasonCode, text }))
  const materials = (correction?.materials ?? []).map(({ code, reasonCode, text = '' }) => ({ code, reasonCode, text }))
  if (task.item_id === null || fields.length + materials.length === 0) {
    const asked = { path: '/correction', code: 'REQUIRED', message: '请至少列出一项需要补正的内容' }
    throw new AppError('DECISION_INVALID', { detail: '请逐项列出需要补正的内容或材料。', fields: [asked] })
  }
  if (materials.length > 0 && ctx.regions.get(task.region).hasMaterials === false) {
    const message = '所办事项不需要提交材料，不能要求补正材料'
    throw new AppError('DECISION_INVALID', { fields: [{ path: '/correction/materials', code: 'MATERIAL_NOT_NEEDED', message }] })
  }
  const application = await findApplication(ctx.db, task.application_id)
  const content = application && readContent(ctx, application)
  const wrong = fields.flatMap(({ path }, index) => (content && isAskable(ctx, task, content, path) ? []
    : [{ path: `/correction/fields/${index}/path`, code: 'FIELD_UNKNOWN', message: '申请表中没有此项' }]))
  if (wrong.length > 0) throw new AppError('DECISION_INVALID', { detail: '要求补正的内容不在申请表中，请重新选择。', fields: wrong })
  return { fields, materials }
}

function isAskable({ regions }: ServerContext, { region, slug }: WorkItem, content: ApplicationContent, path: string): boolean {
  const [root, part, ...within] = path.split('/')
  if (root !== '' || part === undefined || within.length === 0) return false
  if (part === 'common') return isFormField(regions.form(region, part).schema, content.common, within)
  // Where nobody acts for the applicant there is no agent to be put right.
  if (part === 'agent') return content.agent !== null && isFormField(regions.form(region, part).schema, content.agent, within)
  const [section, ...field] = within
  if (part !== 'items' || section !== slug || field.length === 0) return false
  return isFormField(regions.form(region, section).schema, content.items[section], field)
}
