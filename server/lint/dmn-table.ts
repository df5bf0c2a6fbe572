import { XMLParser } from 'fast-xml-parser'

export interface TableColumn {
  /** Variable of an input, name of an output. */
  readonly name: string
  readonly label: string
  /** Type as written, e.g. string or boolean. */
  readonly type: string
  readonly values: readonly string[]
}

export interface TableRule {
  readonly id: string
  readonly description: string
  /** Input cells as written, by variable. */
  readonly when: Readonly<Record<string, string>>
  /** Output cells without quotes, by column. */
  readonly then: Readonly<Record<string, string>>
}

export interface DmnTable {
  readonly id: string
  readonly historyTimeToLive: string
  readonly hitPolicy: string
  readonly inputs: readonly TableColumn[]
  readonly outputs: readonly TableColumn[]
  readonly rules: readonly TableRule[]
  /** Decision that the drawing shows. */
  readonly drawn: string
}

interface Text {
  readonly text?: string
}

interface RawTable {
  readonly hitPolicy: string
  readonly input: readonly {
    readonly label: string
    readonly inputExpression: { readonly text: string; readonly typeRef?: string }
    readonly inputValues?: Text
  }[]
  readonly output: readonly {
    readonly label: string
    readonly name: string
    readonly typeRef?: string
    readonly outputValues?: Text
  }[]
  /** None in a table that says nothing of anything. */
  readonly rule?: readonly {
    readonly id: string
    readonly description?: string
    readonly inputEntry: readonly Text[]
    readonly outputEntry: readonly Text[]
  }[]
}

interface RawFile {
  readonly definitions: {
    readonly decision: readonly { readonly id: string; readonly historyTimeToLive: string; readonly decisionTable: RawTable }[]
    readonly DMNDI: { readonly DMNDiagram: { readonly DMNShape: { readonly dmnElementRef: string } } }
  }
}

const LISTS = new Set(['decision', 'input', 'output', 'rule', 'inputEntry', 'outputEntry'])
const parser = new XMLParser({
  ignoreAttributes: false, attributeNamePrefix: '', removeNSPrefix: true, parseTagValue: false, isArray: name => LISTS.has(name)
})

/** Reads the one decision table of a DMN file as the people see it. */
export function readTable(xml: string): DmnTable {
  const { definitions } = parser.parse(xml) as RawFile
  const [decision, ...more] = definitions.decision
  if (!decision || more.length > 0) throw new Error('a file holds one decision')
  const table = decision.decisionTable
  const inputs: TableColumn[] = table.input
    .map(({ label, inputExpression, inputValues }) => ({
      name: inputExpression.text, label, type: inputExpression.typeRef ?? '', values: cellValues(inputValues?.text ?? '')
    }))
  const outputs: TableColumn[] = table.output
    .map(({ label, name, typeRef, outputValues }) => ({ name, label, type: typeRef ?? '', values: cellValues(outputValues?.text ?? '') }))
  return {
    id: decision.id,
    historyTimeToLive: decision.historyTimeToLive,
    hitPolicy: table.hitPolicy,
    inputs,
    outputs,
    rules: (table.rule ?? []).map(rule => ({
      id: rule.id,
      description: rule.description ?? '',
      when: cells(inputs, rule.inputEntry),
      then: Object.fromEntries(Object.entries(cells(outputs, rule.outputEntry)).map(([name, cell]) => [name, cell.replace(/^"|"$/g, '')]))
    })),
    drawn: definitions.DMNDI.DMNDiagram.DMNShape.dmnElementRef
  }
}

function cells(columns: readonly TableColumn[], entries: readonly Text[]): Record<string, string> {
  if (columns.length !== entries.length) throw new Error(`${columns.length} columns but ${entries.length} cells`)
  return Object.fromEntries(columns.map(({ name }, index) => [name, entries[index]!.text ?? '']))
}

/** The texts that a cell lists: `"a", "b"` → a, b. */
export function cellValues(cell: string): string[] {
  return [...cell.matchAll(/"([^"]*)"/g)].map(match => match[1]!)
}
