import type { Block, Field, Paper } from '../../documents/papers/paper.ts'
import type { CurrentGuide } from '../guide/kept-guide.ts'

type Guide = CurrentGuide['guide']
type Matter = Guide['matters'][number]
type Material = Guide['materials'][number]

const CHANNELS: Readonly<Record<string, string>> = { online: '线上', window: '窗口', platform: '平台' }
const FORMS: Readonly<Record<string, string>> = { original: '原件', copy: '复印件', electronic: '电子件' }

/** 办事指南 as a paper: the same data as the interface gives, in the order of 附件1. `issuedAt` in ms. */
export function guidePaper({ guide, diagrams }: CurrentGuide, issuedAt: number): Paper {
  return {
    title: '灵活就业参保“一件事”办事指南', number: null, addressee: null, issuer: null, issuedAt, checkUrl: null, checkCode: null,
    watermark: null, style: 'form',
    blocks: [
      { kind: 'fields', title: guide.region.name, fields: [
        wide('联办事项', guide.matters.map(({ no, title }) => `${Number(no)}.${title}`).join('；')),
        wide('承诺办理时限', `${guide.promise}；各事项见下`),
        wide('法定办结时限', guide.statutoryTotalWorkingDays === null ? '——' : `合计${guide.statutoryTotalWorkingDays}个工作日`),
        wide('窗口电话', guide.contact.telephone), wide('工作时间', guide.contact.hours)
      ] },
      ...notes('申请条件', guide.conditions.map(({ text }) => text)),
      ...notes('不可同时选办', guide.exclusions.map(({ message }) => message)),
      ...materialsBlock('通用材料', guide.materials, guide.noMaterials),
      ...notes('办理方式', guide.procedure.steps), ...notes('结果反馈', [guide.result]),
      ...diagram('办理流程图', diagrams.enrolment),
      ...guide.matters.flatMap(matter => matterBlocks(matter, guide.noMaterials, diagrams[matter.slug]))
    ]
  }
}

function matterBlocks(matter: Matter, noMaterials: string, drawn: string | undefined): Block[] {
  return [
    { kind: 'fields', title: `${Number(matter.no)}.${matter.title}`, fields: [
      wide('实施依据', matter.legalBasis.join('；')), wide('办理时限', deadlineText(matter)), wide('办理结果', matter.result)
    ] },
    ...notes('受理条件', matter.conditions.map(({ text }) => text)),
    ...materialsBlock(`${matter.title}：申请材料`, matter.materials, noMaterials),
    ...notes('办理流程', matter.procedure.steps), ...notes('业务办理须知', matter.notices),
    ...diagram(`${matter.title}：流程图`, drawn)
  ]
}

/** `线上、平台：2个工作日；窗口：即时办结`. */
export function deadlineText({ deadlines }: Pick<Matter, 'deadlines'>): string {
  const texts = new Map<string, string[]>()
  for (const { channel, kind, promisedWorkingDays } of deadlines) {
    const text = kind === 'immediate' ? '即时办结' : `${promisedWorkingDays}个工作日`
    texts.set(text, [...texts.get(text) ?? [], CHANNELS[channel] ?? channel])
  }
  return [...texts].map(([text, channels]) => `${channels.join('、')}：${text}`).join('；')
}

/** The ways in which a material may be handed in, without saying one twice. */
export function waysText({ ways }: Pick<Material, 'ways'>): string {
  return [...new Set(ways.map(({ form }) => FORMS[form] ?? form))].join('、')
}

/** Who brings a material, what it must be like, and when it need not be brought. */
export function materialRemarks({ required, condition, ways, replacedByLicence }: Material): string {
  const [way] = ways
  return [required ? '必交' : condition, way?.standard, replacedByLicence ? '可通过电子证照或数据共享核验的，免提交' : null].filter(Boolean).join('；')
}

function materialsBlock(title: string, materials: readonly Material[], noMaterials: string): Block[] {
  if (materials.length === 0) return [{ kind: 'notes', title: '申请材料', lines: [noMaterials] }]
  return [{
    kind: 'grid', title, columns: ['序号', '材料名称', '形式', '要求和说明', '依据'], widths: [0.6, 2, 0.9, 2.6, 2.6],
    rows: materials.map((one, index) => [String(index + 1), one.name, waysText(one), materialRemarks(one), one.ways[0]?.clause ?? ''])
  }]
}

const wide = (label: string, cell: string): Field => ({ label, cell, isWide: true })
const notes = (title: string, lines: readonly string[]): Block[] => lines.length > 0 ? [{ kind: 'notes', title, lines }] : []
const diagram = (title: string, svg: string | undefined): Block[] => svg ? [{ kind: 'diagram', title, svg }] : []
