/** One column of a decision table as it is shown. */
export interface Column {
  readonly kind: 'input' | 'output'
  /** Variable of an input, name of an output. */
  readonly name: string
  readonly label: string
  readonly type: string
  /** Values that a cell may have; empty when it is free. */
  readonly values: readonly string[]
}

export interface Row {
  readonly id: string
  readonly description: string
  /** Cells as written, in the order of the columns. */
  readonly cells: readonly string[]
}

export interface DecisionTable {
  readonly name: string
  readonly hitPolicy: string
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
}

const NS = 'https://www.omg.org/spec/DMN/20191111/MODEL/'

/** Reads the decision table of a file. Throws an Error when there is none. */
export function readTable(xml: string): DecisionTable {
  const document = parse(xml)
  const table = tableOf(document)
  const columns = [...inside(table, 'input').map(inputColumn), ...inside(table, 'output').map(outputColumn)]
  return {
    name: document.getElementsByTagNameNS('*', 'decision')[0]?.getAttribute('name') ?? '', hitPolicy: table.getAttribute('hitPolicy') ?? 'UNIQUE',
    columns, rows: rulesOf(table).map(rule => ({
      id: rule.getAttribute('id') ?? '', description: textOf(inside(rule, 'description')[0]), cells: entriesOf(rule).map(entry => textOf(entry))
    }))
  }
}

/** The file with one cell written anew; the rest stays as it is. */
export function withCell(xml: string, row: number, column: number, text: string): string {
  return changed(xml, table => setText(entriesOf(rulesOf(table)[row]!)[column]!, text))
}

export function withDescription(xml: string, row: number, text: string): string {
  return changed(xml, table => {
    const rule = rulesOf(table)[row]!
    const [known] = inside(rule, 'description')
    const description = known ?? rule.insertBefore(rule.ownerDocument.createElementNS(rule.namespaceURI, 'description'), rule.firstChild)
    description.textContent = text
  })
}

/** The file with a rule after `row` that is its copy under an id of its own. */
export function withCopy(xml: string, row: number): string {
  return changed(xml, table => {
    const rules = rulesOf(table)
    const rule = rules[row]!
    const copy = rule.cloneNode(true) as Element
    const old = rule.getAttribute('id') ?? 'rule'
    const taken = new Set(rules.map(one => one.getAttribute('id')))
    let count = 2
    while (taken.has(`${old}-${count}`)) count++
    for (const element of [copy, ...copy.querySelectorAll('*')]) {
      const id = element.getAttribute('id')
      if (id) element.setAttribute('id', id.startsWith(old) ? `${old}-${count}${id.slice(old.length)}` : `${id}-${count}`)
    }
    for (const entry of entriesOf(copy)) if (textOf(entry) === `"${old}"`) setText(entry, `"${old}-${count}"`)
    rule.after(copy)
  })
}

export function withoutRow(xml: string, row: number): string {
  return changed(xml, table => rulesOf(table)[row]?.remove())
}

/** The file with a rule one place further up. */
export function withRowUp(xml: string, row: number): string {
  return changed(xml, table => {
    const rules = rulesOf(table)
    rules[row - 1]?.before(rules[row]!)
  })
}

function changed(xml: string, change: (table: Element) => void): string {
  const document = parse(xml)
  change(tableOf(document))
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(document.documentElement)}\n`
}

function parse(xml: string): Document {
  const document = new DOMParser().parseFromString(xml, 'application/xml')
  if (document.querySelector('parsererror')) throw new Error('文件不是有效的 XML')
  return document
}

function tableOf(document: Document): Element {
  const [table] = document.getElementsByTagNameNS('*', 'decisionTable')
  if (!table) throw new Error('文件中没有规则表')
  return table
}

const inside = (element: Element, name: string): Element[] => [...element.children].filter(({ localName }) => localName === name)
const rulesOf = (table: Element): Element[] => inside(table, 'rule')
const entriesOf = (rule: Element): Element[] => [...inside(rule, 'inputEntry'), ...inside(rule, 'outputEntry')]
const textOf = (element: Element | undefined): string =>
  (element && (element.localName === 'description' ? element : inside(element, 'text')[0])?.textContent?.trim()) ?? ''

function setText(entry: Element, text: string): void {
  const holder = inside(entry, 'text')[0] ?? entry.appendChild(entry.ownerDocument.createElementNS(entry.namespaceURI ?? NS, 'text'))
  holder.textContent = text
}

const valuesIn = (element: Element, name: string): string[] =>
  [...textOf(inside(element, name)[0]).matchAll(/"([^"]*)"/g)].map(([, value]) => value!)

function inputColumn(input: Element): Column {
  const expression = inside(input, 'inputExpression')[0]
  const name = textOf(expression)
  return { kind: 'input', name, label: input.getAttribute('label') ?? name, type: expression?.getAttribute('typeRef') ?? '', values: valuesIn(input, 'inputValues') }
}

function outputColumn(output: Element): Column {
  const name = output.getAttribute('name') ?? ''
  return { kind: 'output', name, label: output.getAttribute('label') ?? name, type: output.getAttribute('typeRef') ?? '', values: valuesIn(output, 'outputValues') }
}
