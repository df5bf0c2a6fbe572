import { AppError } from '../../../core/errors.ts'
import type { Region } from '../../../core/region.ts'
import { fieldOf, propertiesOf } from '../../documents/papers/form-values.ts'
import type { Block, Paper } from '../../documents/papers/paper.ts'
import type { ServerContext } from '../../context.ts'
import type { JsonSchema } from '../forms/form-bundle.ts'
import { selectionBlock } from './form-paper.ts'
import type { PaperScope } from './paper-scope.ts'

type Context = Pick<ServerContext, 'regions' | 'clock'>

/** What the paper needs to know of the applicant: who it is and how to reach. */
const APPLICANT = ['name', 'idNumber', 'mobile']

/** The papers of a region that are printed to be signed, before anything is filled in. Throws AppError REGION_UNKNOWN. */
export function listSignedPapers({ regions }: Pick<Context, 'regions'>, region: string) {
  return [...regions.signedPapers(region)].map(([code, { title, clause }]) => ({ code, title, clause }))
}

/** A paper to be filled in by hand. Throws AppError REGION_UNKNOWN, NOT_FOUND. */
export function blankPaper(ctx: Context, region: string, code: string): Paper {
  return paperOf(ctx, ctx.regions.get(region), code, {})
}

/** The same with what the application says, ready to be signed; also of a draft. Throws AppError NOT_FOUND. */
export function filledPaper(scope: PaperScope, code: string): Paper {
  const { ctx, region, application, content, matters, isMasked } = scope
  const { person } = content.common as { person?: unknown }
  return paperOf(ctx, region, code, {
    person, agent: content.agent, matters, number: application.number, watermark: isMasked ? '仅供查阅' : null
  })
}

interface Filling {
  readonly person?: unknown
  readonly agent?: unknown
  readonly matters?: readonly string[]
  readonly number?: string | null
  readonly watermark?: string | null
}

function paperOf({ regions, clock }: Context, region: Region, code: string, filling: Filling): Paper {
  const { person, agent, matters = [], number = null, watermark = null } = filling
  const paper = regions.signedPapers(region.slug).get(code)
  if (!paper) throw new AppError('NOT_FOUND')
  const common = regions.form(region.slug, 'common').schema.properties as Record<string, JsonSchema>
  const agentForm = regions.form(region.slug, 'agent')
  const applicant = propertiesOf(common.person ?? {}, {}, person).filter(({ key }) => APPLICANT.includes(key))
  // Boxes of document types say nothing here: the number is enough, the document itself is shown.
  const proxy = propertiesOf(agentForm.schema, agentForm.ui, agent).filter(({ schema }) => !schema.oneOf)
  return {
    title: paper.title, number, addressee: null, issuer: null, issuedAt: clock.now(), checkUrl: null, checkCode: null, watermark,
    // As small as the form, so that what is signed stands on the page of the signature.
    style: 'form',
    blocks: [
      { kind: 'fields', title: '申请人', fields: applicant.map(property => fieldOf(region, property)) },
      { kind: 'fields', title: '代办人', fields: proxy.map(property => fieldOf(region, property)) },
      selectionBlock(region, matters, '办理事项'),
      ...paper.text.map((text): Block => ({ kind: 'text', text })),
      ...paper.signatures.map((label): Block => ({ kind: 'signature', label, image: null, date: null })),
      { kind: 'text', text: `依据：${paper.clause}` }
    ]
  }
}
