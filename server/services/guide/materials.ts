import { impersonalFacts } from '../../../core/facts.ts'
import type { RawFacts } from '../../../core/facts.ts'
import type { Region } from '../../../core/region.ts'
import type { ServerContext } from '../../context.ts'
import { optionalText, textOf } from '../policy/decision-rows.ts'
import type { DecisionRow } from '../policy/decision-rows.ts'
import { unknownSituation } from '../policy/situation.ts'

export const CHANNELS = ['online', 'window', 'platform'] as const
export type Channel = (typeof CHANNELS)[number]

/** How a material is handed in on some channels. */
interface Way {
  readonly channels: Channel[]
  readonly form: string
  readonly standard: string | null
  readonly ruleId: string
  readonly clause: string
}

/** What a matter asks for (类型, 形式, 标准, 依据); `matter` is `*` for 通用材料. */
export interface GuideMaterial {
  readonly matter: string
  readonly code: string
  readonly name: string
  readonly kind: string
  /** Asked of everybody; else of those whom `condition` names. */
  readonly required: boolean
  readonly condition: string | null
  /** Type of the electronic licence that makes it 免提交. */
  readonly replacedByLicence: string | null
  readonly ways: Way[]
}

/** Somebody of whom nothing is known is shown all that may be asked, but for what only people without 户籍 bring. */
const PEOPLE: readonly RawFacts[] = [{}, { idType: 'foreign-permanent-residence' }, { idType: 'hmt-residence-permit' }]

/** All that the region's table may ask for, once for each matter and code. */
export async function guideMaterials(ctx: Pick<ServerContext, 'decisions' | 'regions' | 'clock'>, region: Region): Promise<GuideMaterial[]> {
  const materials = new Map<string, GuideMaterial>()
  const unknown = unknownSituation(ctx.regions.situation(region.slug))
  for (const [index, person] of PEOPLE.entries()) {
    const facts = impersonalFacts(person, ctx.clock.today(), region)
    for (const channel of CHANNELS) {
      const rows = await ctx.decisions.evaluate(`${region.slug}-materials`, { ...unknown, ...facts, channel })
      for (const row of rows) addRow(materials, row, channel, index === 0)
    }
  }
  return [...materials.values()]
}

function addRow(materials: Map<string, GuideMaterial>, row: DecisionRow, channel: Channel, isAnybody: boolean): void {
  const key = `${textOf(row, 'matter')} ${textOf(row, 'code')}`
  const material = materials.get(key) ?? {
    matter: textOf(row, 'matter'),
    code: textOf(row, 'code'),
    name: textOf(row, 'name'),
    kind: textOf(row, 'kind'),
    required: isAnybody && row.required === true,
    condition: optionalText(row, 'condition'),
    replacedByLicence: optionalText(row, 'replacedByLicence'),
    ways: []
  }
  materials.set(key, material)
  if (material.ways.some(({ channels }) => channels.includes(channel))) return
  const way = { form: textOf(row, 'form'), standard: optionalText(row, 'standard'), ruleId: textOf(row, 'ruleId'), clause: textOf(row, 'clause') }
  const same = material.ways.find(({ ruleId }) => ruleId === way.ruleId)
  if (same) same.channels.push(channel)
  else material.ways.push({ channels: [channel], ...way })
}
