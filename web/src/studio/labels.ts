import type { Schemas } from '../shared/api.ts'

export const KINDS = { process: '流程图', decision: '规则表' } as const

export const DRAFT_STATES: Readonly<Record<Schemas['DraftHead']['state'], string>> = {
  editing: '修改中', submitted: '已送审', released: '已发布', discarded: '已作废'
}
