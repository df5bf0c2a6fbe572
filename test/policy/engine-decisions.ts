import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RunningEngine } from '../support/engine.ts'

export type Row = Record<string, string | number | boolean | null>

/** Deploys every table of a region; throws with the engine's answer when it refuses one. */
export async function deployTables(engine: RunningEngine, region: string): Promise<void> {
  const folder = join('processes', region)
  const form = new FormData()
  form.append('deployment-name', `tables-of-${region}`)
  for (const name of readdirSync(folder).filter(file => file.endsWith('.dmn'))) {
    form.append(name, new Blob([readFileSync(join(folder, name))]), name)
  }
  const answer = await fetch(`${engine.url}/deployment/create`, { method: 'POST', headers: { authorization: engine.authorization }, body: form })
  if (!answer.ok) throw new Error(await answer.text())
}

/** The tables asked over REST, each question once; as small as a DecisionService can be. */
export function engineDecisions(engine: RunningEngine) {
  const answers = new Map<string, Promise<Row[]>>()
  const ask = async (key: string, inputs: object): Promise<Row[]> => {
    const variables = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, { value }]))
    const answer = await fetch(`${engine.url}/decision-definition/key/${key}/evaluate`, {
      method: 'POST', headers: { authorization: engine.authorization, 'content-type': 'application/json' }, body: JSON.stringify({ variables })
    })
    if (!answer.ok) throw new Error(`${key}: ${await answer.text()}`)
    const rows = await answer.json() as Record<string, { value: string | number | boolean | null }>[]
    return rows.map(row => Object.fromEntries(Object.entries(row).map(([name, { value }]) => [name, value])))
  }
  return {
    evaluate(key: string, inputs: object): Promise<Row[]> {
      const question = key + JSON.stringify(Object.entries(inputs).sort())
      if (!answers.has(question)) answers.set(question, ask(key, inputs))
      return answers.get(question)!
    },
    /** How many questions the engine was really asked. */
    get asked() {
      return answers.size
    }
  }
}
