import sharp from 'sharp'
import { maskName } from '../../../core/masking.ts'
import type { MatterEntry, Region } from '../../../core/region.ts'
import { chineseDay } from '../../documents/papers/chinese.ts'
import { formBlocks, sectionTitle } from '../../documents/papers/form-blocks.ts'
import { fieldOf, isPrinted, propertiesOf } from '../../documents/papers/form-values.ts'
import type { Block, Choice, Field, Paper } from '../../documents/papers/paper.ts'
import { mattersOf } from '../../db/applications.ts'
import { findIntake } from '../../db/window-intakes.ts'
import type { FormPart } from '../forms/form-bundle.ts'
import { witnessOf } from '../intake/witness.ts'
import { withAssessments } from './assessed-content.ts'
import { checkOf } from './paper-code.ts'
import type { PaperScope } from './paper-scope.ts'

/** 附件2, the application form as a paper: the common part, the selection, and the sections of the selected matters. */
export async function formPaper(scope: PaperScope): Promise<Paper> {
  const { ctx, region, application, matters, content } = scope
  const common = ctx.regions.form(region.slug, 'common')
  const issuedAt = application.submitted_at ?? application.updated_at
  return {
    title: String(common.schema.title ?? '申请表'),
    number: application.number,
    addressee: null,
    blocks: [
      ...commonBlocks(scope, common),
      ...matters.flatMap(slug => {
        const part = ctx.regions.form(region.slug, slug)
        const isDeclaration = region.matters.some(one => one.slug === slug && one.hasRows)
        return formBlocks(region, part, isDeclaration ? withAssessments(scope, slug) : content.items[slug], sectionTitle(part))
      }),
      { kind: 'text', text: String(common.ui.declaration ?? '') },
      {
        kind: 'signature', label: '签名：', image: await signatureOf(scope),
        date: application.submitted_at === null ? null : chineseDay(application.submitted_at)
      },
      ...await counterBlocks(scope)
    ],
    issuer: null,
    issuedAt,
    ...checkOf(ctx, application.number, 'form', issuedAt),
    watermark: application.status_draft ? '草稿' : scope.isMasked ? '仅供查阅' : null,
    style: 'form'
  }
}

function commonBlocks(scope: PaperScope, { schema, ui }: FormPart): Block[] {
  const { region, content } = scope
  const parts = propertiesOf(schema, ui, content.common)
  return [
    ...parts.flatMap(part => formBlocks(region, part, part.value, String(part.schema.title ?? part.key))),
    agentBlock(scope),
    selectionBlock(region, mattersOf(scope.application), '选办事项（可多选）'),
    { kind: 'notes', title: '选办说明', lines: (ui.selectionNotes ?? []) as readonly string[] }
  ]
}

/** 办理方式: oneself, or an agent with name, number and relation. */
function agentBlock({ ctx, region, content: { agent } }: PaperScope): Block {
  const { schema, ui } = ctx.regions.form(region.slug, 'agent')
  const how: Field = {
    label: '办理方式',
    cell: {
      choices: [{ label: '本人办理', isChosen: agent === null }, { label: String(schema.title ?? '委托办理'), isChosen: agent !== null }]
    },
    isWide: true
  }
  const fields = agent === null
    ? []
    : propertiesOf(schema, ui, agent).filter(isPrinted).map(property => fieldOf(region, property))
  return { kind: 'fields', fields: [how, ...fields] }
}

const SIGNINGS = { screen: '在窗口屏幕上签名', paper: '在打印的申请表上签名', fingerprint: '按指印' } as const

/** What the counter noted about the signing; nothing on a form that no counter took in. */
async function counterBlocks({ ctx, application, isMasked }: PaperScope): Promise<Block[]> {
  const intake = await findIntake(ctx.db, application.id)
  if (!intake?.signing) return []
  const witness = witnessOf(ctx, intake)
  const field = (label: string, cell: string): Field => ({ label, cell, isWide: false })
  return [{
    kind: 'fields', title: '窗口登记',
    fields: [
      field('签名方式', SIGNINGS[intake.signing]), ...witness ? [field('见证人', isMasked ? maskName(witness) : witness)] : [],
      field('复印件', intake.has_signed_copies ? '已由申请人签名' : '未收复印件'), field('收件时间', chineseDay(intake.taken_at))
    ]
  }]
}

/** 选办事项: all matters of the region by department, the selected ones ticked. */
export function selectionBlock(region: Region, selected: readonly string[], title: string): Block {
  const choice = ({ slug, title, officialTitle }: MatterEntry): Choice => ({
    label: officialTitle ? `${title}（对应事项为“${officialTitle}”）` : title, isChosen: selected.includes(slug)
  })
  const fields = region.departments.flatMap(({ slug, name }): Field[] => {
    const own = region.matters.filter(({ department }) => department === slug)
    return own.length > 0 ? [{ label: `${name.replace(/部门$/, '')}事项`, cell: { choices: own.map(choice) }, isWide: true }] : []
  })
  return { kind: 'fields', title, fields }
}

/** The signature of an application as it may be printed; null without one, and on a masked paper. */
async function signatureOf({ ctx, application, isMasked }: PaperScope): Promise<string | null> {
  if (application.signature_enc === null || isMasked) return null
  return drawnSignature(ctx.crypto.decrypt('application', 'signature_enc', application.id, application.signature_enc))
}

/** A signature drawn on the screen, drawn anew so that nothing else can hide in it; null when it is no picture. */
export async function drawnSignature(text: string): Promise<string | null> {
  const [, encoded] = /^data:image\/(?:png|jpeg);base64,([A-Za-z0-9+/=]+)$/.exec(text) ?? []
  if (!encoded) return null
  try {
    const picture = sharp(Buffer.from(encoded, 'base64'), { limitInputPixels: 4_000_000 })
    const bytes = await picture.resize({ width: 600, withoutEnlargement: true }).flatten({ background: 'white' }).png().toBuffer()
    return `data:image/png;base64,${bytes.toString('base64')}`
  } catch {
    // Submission takes any text as signature: one that cannot be drawn leaves the line empty, as an unsigned form has it.
    return null
  }
}
