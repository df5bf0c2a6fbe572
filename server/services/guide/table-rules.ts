import { XMLParser } from 'fast-xml-parser'

/** A row of a decision table: its outputs as texts without quotation marks. */
export interface TableRule {
  readonly id: string
  readonly outputs: Readonly<Record<string, string>>
}

interface Entry {
  readonly text?: string
}

interface DmnDocument {
  readonly definitions?: { readonly decision?: readonly {
    readonly decisionTable?: {
      readonly output?: readonly { readonly name: string }[]
      readonly rule?: readonly { readonly id: string; readonly outputEntry: readonly Entry[] }[]
    }
  }[] }
}

const LISTS = new Set(['decision', 'output', 'rule', 'outputEntry'])
const parser = new XMLParser({
  ignoreAttributes: false, attributeNamePrefix: '', removeNSPrefix: true, parseTagValue: false, isArray: name => LISTS.has(name)
})

/** The rules of every table in a DMN file, in their order. */
export function tableRules(xml: string): TableRule[] {
  const { definitions } = parser.parse(xml) as DmnDocument
  return (definitions?.decision ?? []).flatMap(({ decisionTable }) => (decisionTable?.rule ?? []).map(({ id, outputEntry }) => ({
    id,
    outputs: Object.fromEntries((decisionTable?.output ?? []).map(({ name }, index) => [name, unquoted(outputEntry[index])]))
  })))
}

const unquoted = (entry: Entry | undefined): string => (entry?.text ?? '').replace(/^"|"$/g, '')
