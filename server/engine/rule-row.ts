import { XMLParser } from 'fast-xml-parser'
import { elapsed } from '../../core/elapsed.ts'
import type { EngineGateway } from './gateway.ts'

/** One row of a decision table as people read it. */
export interface RuleRow {
  readonly ruleId: string
  readonly description: string
  readonly clause: string
  /** What the row asks for, by the label of the column; empty cells are left out. */
  readonly conditions: readonly { readonly label: string; readonly text: string }[]
  /** Whether the table's column `secondPerson` says that a second person must agree (四眼). */
  readonly needsSecondPerson: boolean
}

type Source = Pick<EngineGateway, 'decisionDefinition' | 'decisionXml'>

interface Cell { readonly text?: string }
interface Raw {
  readonly definitions?: { readonly decision?: readonly {
    readonly id: string
    readonly decisionTable?: {
      readonly input?: readonly { readonly label?: string }[]
      readonly output?: readonly { readonly name?: string }[]
      readonly rule?: readonly {
        readonly id: string
        readonly description?: string
        readonly inputEntry?: readonly Cell[]
        readonly outputEntry?: readonly Cell[]
      }[]
    }
  }[] }
}

const LISTS = new Set(['decision', 'input', 'output', 'rule', 'inputEntry', 'outputEntry'])
const parser = new XMLParser({
  ignoreAttributes: false, attributeNamePrefix: '', removeNSPrefix: true, parseTagValue: false, isArray: name => LISTS.has(name)
})
const known = new WeakMap<Source, Map<string, readonly RuleRow[]>>()
const latest = new WeakMap<Source, Map<string, { readonly until: number; readonly id: string | undefined }>>()
const LATEST_FOR = 5000

/** The row of the deployed table with this rule id; null when the table has none (any more). Rejects when the engine is away. */
export async function ruleRow(engine: Source, decisionKey: string, ruleId: string): Promise<RuleRow | null> {
  const id = await latestId(engine, decisionKey)
  if (id === undefined) return null
  const versions = known.get(engine) ?? new Map<string, readonly RuleRow[]>()
  known.set(engine, versions)
  const rows = versions.get(id) ?? readRuleRows(await engine.decisionXml(id), decisionKey)
  versions.set(id, rows)
  return rows.find(row => row.ruleId === ruleId) ?? null
}

async function latestId(engine: Source, key: string): Promise<string | undefined> {
  const ids = latest.get(engine) ?? new Map()
  latest.set(engine, ids)
  const entry = ids.get(key)
  if (entry && entry.until > elapsed()) return entry.id
  const id = (await engine.decisionDefinition(key))?.id
  ids.set(key, { until: elapsed() + LATEST_FOR, id })
  return id
}

/** Reads the rows of one table of a DMN file. */
export function readRuleRows(xml: string, decisionKey: string): RuleRow[] {
  const { definitions } = parser.parse(xml) as Raw
  const { input = [], output = [], rule = [] } = definitions?.decision?.find(({ id }) => id === decisionKey)?.decisionTable ?? {}
  return rule.map(({ id, description = '', inputEntry = [], outputEntry = [] }) => {
    const outputs = new Map(output.map(({ name = '' }, index) => [name, plain(outputEntry[index])]))
    return {
      ruleId: outputs.get('ruleId') || id,
      description,
      clause: outputs.get('clause') ?? '',
      conditions: input.flatMap(({ label = '' }, index) => {
        const text = inputEntry[index]?.text?.trim() ?? ''
        return text === '' ? [] : [{ label, text }]
      }),
      needsSecondPerson: outputs.get('secondPerson') === 'true'
    }
  })
}

function plain(cell: Cell | undefined): string {
  return (cell?.text ?? '').trim().replace(/^"|"$/g, '')
}
