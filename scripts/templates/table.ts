/** A row of a decision table: cells as FEEL text by the name of their column; a cell that is left out is empty. */
export interface NewRule {
  readonly id: string
  readonly description: string
  readonly when: Readonly<Record<string, string>>
  readonly then: Readonly<Record<string, string>>
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const names = (xml: string, pattern: RegExp): string[] => [...xml.matchAll(pattern)].map(([, name]) => name!)

/**
 * Appends a row; its rule id is written into the column `ruleId` as well.
 * @throws Error when the table lacks a column that the row needs
 */
export function addRule(xml: string, { id, description, when, then }: NewRule): string {
  const outputs: Readonly<Record<string, string>> = { ...then, ruleId: `"${id}"` }
  const inputColumns = names(xml, /<inputExpression[^>]*>\s*<text>(\w+)<\/text>/g)
  const outputColumns = names(xml, /<output [^>]*\bname="(\w+)"/g)
  const lacking = [
    ...Object.keys(when).filter(name => !inputColumns.includes(name)),
    ...Object.keys(outputs).filter(name => !outputColumns.includes(name))
  ]
  if (lacking.length > 0) throw new Error(`规则 ${id} 需要的列 ${lacking.join('、')} 在规则表中没有，请先加上`)
  const entries = [
    ...inputColumns.map(name => cell('inputEntry', `${id}.${name}`, when[name] ?? '')),
    ...outputColumns.map(name => cell('outputEntry', `${id}.out.${name}`, outputs[name] ?? ''))
  ]
  const rule = [`      <rule id="${id}">`, `        <description>${escape(description)}</description>`, ...entries, '      </rule>']
  return xml.replace(/^ *<\/decisionTable>/m, end => `${rule.join('\n')}\n${end}`)
}

const cell = (kind: string, id: string, text: string): string => `        <${kind} id="${id}"><text>${escape(text)}</text></${kind}>`

/** Lets the columns that hold matters take one more. */
export function addMatterValue(xml: string, slug: string): string {
  return xml.replace(/(<(?:inputValues|outputValues) id="[\w-]+_matter[AB]?"><text>)([^<]*)(<\/text>)/g,
    (_, head: string, values: string, tail: string) => `${head}${values}${values ? ',' : ''}"${slug}"${tail}`)
}

/** Adds a column that is true or false, empty in every row there is. */
export function addBooleanInput(xml: string, name: string, label: string): string {
  const table = /<decisionTable id="DecisionTable_([\w-]+)"/.exec(xml)?.[1] ?? ''
  const column = [`      <input id="Input_${table}_${name}" label="${escape(label)}">`,
    `        <inputExpression id="InputExpression_${table}_${name}" typeRef="boolean"><text>${name}</text></inputExpression>`,
    '      </input>\n'].join('\n')
  return xml.replace(/^ *<output /m, output => column + output)
    .replace(/(<rule id="([^"]+)">(?:(?!<outputEntry)[^])*?)( *<outputEntry)/g,
      (_, before: string, rule: string, after: string) => `${before}${cell('inputEntry', `${rule}.${name}`, '')}\n${after}`)
}
