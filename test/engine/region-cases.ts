import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { camelCase } from '../../core/region.ts'
import type { Region } from '../../core/region.ts'
import type { ProcessPlayer, Values } from './process-player.ts'

const HOUR = 3_600_000

export const inHours = (hours: number): Date => new Date(Math.ceil(Date.now() / 1000) * 1000 + hours * HOUR)

/** The instants of the three timers, `shift` hours later than the nearest. */
export const dates = (shift = 0) => ({ warnAt: inHours(24 + shift), promisedAt: inHours(48 + shift), redAt: inHours(72 + shift) })

/** What `common.open-item` answers for an item whose materials are all there. */
export const opened = (group: string, shift = 0): Values =>
  ({ isOpen: true, reviewGroup: group, materialsState: 'complete', ...dates(shift) })

export type Step = readonly [step: string, values: Values] | readonly [task: string, decision: string]

const lower = (pascal: string) => pascal.replace(/^./, letter => letter.toLowerCase())
const pascalCase = (slug: string) => camelCase(`-${slug}`)

/** Plays cases of one region on an engine; matters and insurances are named as in the diagrams (`FlexiblePension`). */
export function casesOf(player: () => ProcessPlayer, region: string) {
  const { matters, insurances, homeDivision } = JSON.parse(readFileSync(`regions/${region}/region.json`, 'utf8')) as Region
  const place = { region, division: homeDivision, channel: 'online' }

  /** Starts a matter as the umbrella would call it. */
  async function startMatter(slug: string) {
    const itemId = randomUUID()
    const instance = await player().start(`${region}-${slug}`, itemId, { applicationId: randomUUID(), itemId, ...place })
    const step = (name: string, values: Values = {}) => player().work(`${region}.${slug}.${name}`, itemId, values)
    const conclude = async (result: string) => {
      const seen = await player().work('common.conclude-item', itemId, { outcome: result })
      expect(seen.result).to.equal(result)
    }
    const walk = async (steps: readonly Step[]) => {
      for (const [name, answer] of steps) {
        if (typeof answer === 'string') await player().decide(itemId, name, answer)
        else await step(name, answer)
      }
    }
    return { itemId, instance, step, conclude, walk }
  }

  async function startApplication(selected: readonly string[], rows: readonly string[] = []) {
    const applicationId = randomUUID()
    const ids = Object.fromEntries([
      ...selected.map(one => [one, randomUUID()] as const), ...rows.map(one => [`${one}Row`, randomUUID()] as const)
    ])
    const instance = await player().start(`${region}-enrolment`, applicationId, {
      applicationId, ...place,
      ...Object.fromEntries(matters.map(({ slug }) => [`sel${pascalCase(slug)}`, selected.includes(pascalCase(slug))])),
      ...Object.fromEntries(insurances.map(({ slug }) => [`row${pascalCase(slug)}`, rows.includes(pascalCase(slug))])),
      ...Object.fromEntries(Object.entries(ids).map(([one, id]) => [one.endsWith('Row') ? `${lower(one)}Id` : `${lower(one)}ItemId`, id]))
    })
    return { applicationId, instance, id: (one: string) => ids[one]! }
  }

  return { startMatter, startApplication }
}
