import type { Steps } from '../../../../core/region.ts'
import type { EngineVariables } from '../../../engine/engine-variables.ts'
import type { Answer, ChoicePoint } from './scenario.ts'
import { pointOf } from './scenario.ts'

/** Topic of the stand-in for a process that a rehearsal is not about. */
export const STAND_IN = 'stand-in'

const DAY = 86_400_000

/** What the server's own steps may answer besides instants, the usual one first. */
const OWN: Readonly<Record<string, Readonly<Record<string, readonly Answer[]>>>> = {
  'common.open-item': { isOpen: [true, false], materialsState: ['complete', 'missing', 'original-pending'] },
  'common.resume-item': { materialsState: ['complete'] },
  'common.collect-results': { hasMail: [false, true], hasPickup: [false, true] },
  [STAND_IN]: { outcome: ['approved', 'rejected'] }
}
const ENDS: Readonly<Record<string, string>> = { 'common.lapse-correction': 'withdrawn', 'common.withdraw-item': 'withdrawn' }

export interface StepAnswer {
  readonly variables: EngineVariables
  readonly results: Readonly<Record<string, Answer>>
  readonly points: readonly ChoicePoint[]
}

export interface Asked {
  readonly topic: string
  /** Name of the step in the diagram. */
  readonly name: string
  readonly inputs: Readonly<Record<string, string>>
  readonly group: string
  /** Business instant, ms. */
  readonly now: number
}

/** What a step answers in a scenario, and what else it might have answered. No department and no case is asked for it. */
export function answerOf(
  steps: Steps, { topic, name, inputs, group, now }: Asked, choices: Readonly<Record<string, Answer>>
): StepAnswer {
  const own = OWN[topic]
  const options = Object.entries(own ?? steps[topic]?.answers ?? {})
  const chosen = Object.fromEntries(options.map(([variable, list]) => [variable, choices[pointOf(topic, variable)] ?? list[0]!]))
  const points = options.filter(([, list]) => list.length > 1).map(([variable, list]): ChoicePoint =>
    ({ id: pointOf(topic, variable), label: `${name}（${variable}）`, alternatives: list.slice(1) }))
  const variables = { ...(own ? chosen : {}), ...fixed(topic, { inputs, group, now }), ...(chosen.isOpen === false ? { outcome: 'withdrawn' } : {}) }
  return { variables, results: own ? {} : chosen, points }
}

function fixed(topic: string, { inputs, group, now }: Pick<Asked, 'inputs' | 'group' | 'now'>): EngineVariables {
  const inDays = (days: number): Date => new Date(now + days * DAY)
  const outcome = topic === 'common.conclude-item' ? inputs.result : ENDS[topic]
  if (outcome) return { outcome }
  if (topic === 'common.open-correction') return { correctionDeadline: inDays(5) }
  if (topic !== 'common.open-item' && topic !== 'common.resume-item') return {}
  const dates = { warnAt: inDays(2), promisedAt: inDays(3), redAt: inDays(4) }
  return { reviewGroup: group, ...dates, ...(topic === 'common.open-item' ? { paymentDeadline: inDays(15) } : {}) }
}
