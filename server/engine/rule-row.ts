import { XMLParser } from 'fast-xml-parser'
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

/** The row of the deployed table with this rule id; null when the table has none (any more). Rejects when the engine is away. */
export async function ruleRow(engine: Source, decisionKey: string, ruleId: string): Promise<RuleRow | null> {
  const definition = await engine.decisionDefinition(decisionKey)
  if (!definition) return null
  const versions = known.get(engine) ?? new Map<string, readonly RuleRow[]>()
  known.set(engine, versions)
  const rows = versions.get(definition.id) ?? readRuleRows(await engine.decisionXml(definition.id), decisionKey)
  versions.set(definition.id, rows)
  return rows.find(row => row.ruleId === ruleId) ?? null
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
