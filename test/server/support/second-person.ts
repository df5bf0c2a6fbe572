import { readFileSync } from 'node:fs'

/** The table of Guangxi that says what asks for a person. */
export const REVIEW = readFileSync('processes/guangxi/review.dmn', 'utf8')

/** The table with a column more, which asks for two people in the row of this rule. */
export function askingForTwo(ruleId: string): string {
  const column = '<output id="Output_second" label="两人" name="secondPerson" typeRef="boolean"/>'
  return REVIEW.replace('<rule id=', `${column}<rule id=`).replace(/(<rule id="([^"]+)">[\s\S]*?)(<\/rule>)/g, (_, row: string, id: string, end: string) =>
    `${row}<outputEntry id="${id}.two"><text>${id === ruleId ? 'true' : 'false'}</text></outputEntry>${end}`)
}
