import { createBusinessClock } from '../../server/clock.ts'
import { createDecisionService } from '../../server/engine/decisions.ts'
import { createEngineGateway } from '../../server/engine/gateway.ts'
import { precheck as answerOf } from '../../server/services/policy/precheck.ts'
import type { PrecheckQuestion } from '../../server/services/policy/precheck.ts'
import { tableDecisions } from '../../test/policy/table-decisions.ts'
import { startPublicServer } from '../../test/support/public-server.ts'
import { randomOf } from '../../test/support/random.ts'
import { ApiProblem } from '../client.ts'
import { figure } from './bench.ts'
import type { Bench, Findings, Size } from './bench.ts'
import { openLoopRefused } from './load.ts'
import { quantile } from './statistics.ts'
import { REGION, inWorld } from './world.ts'

/** Of each kind of question. */
const CALLS: Readonly<Record<Size, number>> = { smoke: 6, quick: 100, full: 1_500 }
/** What a second of the busiest hour brings when 100,000 apply in a day, and a rush beyond it. */
const PEAK = 10
const RUSH = 40
/** Answers that are compared with the tables of the folder, evaluated without any engine. */
const COMPARED = 40

/** What came of many questions; the times are those of the answers. */
interface Asked {
  readonly perSecond: number
  readonly times: readonly number[]
  /** Sent away with a time to come back, as too many waited for the engine. */
  readonly refused: number
  /** That the engine's database was asked meanwhile. */
  readonly statements: number
}

type AskedThrice = Readonly<Record<'peak' | 'rush' | 'again', Asked>>

/** `precheck`: what the rules say before submission, with the tables in the engine, at a steady rate of different people. */
export const precheck: Bench = {
  name: 'precheck',
  run: options => inWorld(options, async ({ database, db, engine, env }) => {
    const { size, seed, say } = options
    const gateway = createEngineGateway({ ...engine, clock: createBusinessClock({}) })
    const server = await startPublicServer({ db, decisions: createDecisionService(gateway), env })
    try {
      const all = questionsOf(randomOf(seed), 2 * CALLS[size], server.ctx.regions.get(REGION).matters.map(({ slug }) => slug))
      const [questions, others] = [all.slice(0, CALLS[size]), all.slice(CALLS[size])]
      // Different people share no connection; and one that lay idle may be closed under the question that takes it up.
      const ask = (question: PrecheckQuestion) =>
        server.anonymous.call('POST', `regions/${REGION}/precheck`, question, { connection: 'close' })
      const asking = async (some: readonly PrecheckQuestion[], perSecond: number): Promise<Asked> => {
        const before = (await database.cost('engine')).statements
        const answers = await openLoopRefused(perSecond, some.length, index => ask(some[index]!), isRefusal)
        return { perSecond, ...answers, statements: (await database.cost('engine')).statements - before }
      }
      say(`precheck: ${questions.length} questions, ${PEAK} a second, as many others ${RUSH} a second …`)
      const asked = {
        peak: await asking(questions, PEAK), rush: await asking(others, RUSH), again: await asking(questions, RUSH)
      }
      const reference = { ...server.ctx, decisions: tableDecisions() }
      for (const question of questions.slice(0, COMPARED)) {
        const [one, other] = [await ask(question), await answerOf(reference, REGION, question)]
        if (JSON.stringify(one) !== JSON.stringify(other)) throw new Error(`the engine and the tables differ on ${JSON.stringify(question)}`)
      }
      for (const [name, { times, refused }] of Object.entries(asked)) say(`  ${name}: p95 ${figure(quantile(times, 0.95))} ms, ${refused} refused`)
      return precheckFindings(size, asked)
    } finally {
      gateway.close()
      await server.stop()
    }
  })
}

/** Different people with different wishes: what a table has not been asked before is rare, as its facts are few. */
function questionsOf(random: () => number, count: number, slugs: readonly string[]): PrecheckQuestion[] {
  const one = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!
  return Array.from({ length: count }, () => {
    const matters = slugs.filter(() => random() < 0.35)
    return {
      channel: one(['online', 'window'] as const),
      matters: matters.length > 0 ? matters : [slugs[0]!],
      facts: {
        birthDate: `${1955 + Math.floor(random() * 60)}-0${1 + Math.floor(random() * 9)}-15`, sex: one(['male', 'female'] as const),
        idType: one(['resident-id', 'resident-id', 'resident-id', 'hmt-residence-permit'] as const),
        employmentStatus: one(['flexible', 'flexible', 'unemployed'] as const), householdDivision: one(['450103001001', '440106001001']),
        residenceDivision: '450103001001', isStudent: random() < 0.1, isEmployerInsured: random() < 0.1, employerInsurances: [],
        currentEnrolments: one([[], [], ['resident-medical'], ['resident-pension']] as const), hasAppliedForCard: random() < 0.5, cardAppliedIn: [],
        changesNameOrIdNumber: false
      }
    }
  })
}

const isRefusal = (error: unknown): boolean => error instanceof ApiProblem && error.body.code === 'DECISIONS_BUSY'

/** The findings of `precheck`. */
export function precheckFindings(size: Size, asked: AskedThrice): Findings {
  const { peak } = asked
  const count = peak.times.length + peak.refused
  const row = (name: string, { perSecond, times, refused }: Asked) =>
    [name, perSecond, ...[0.5, 0.95, 0.99].map(share => figure(quantile(times, share))), times.length, refused]
  return {
    title: 'The rules before submission',
    intro: [
      `\`POST /regions/${REGION}/precheck\` for different selections and people at a steady rate, whether those before were answered or not; time is counted from the instant at which a call should have begun.`,
      `${PEAK} a second is what the busiest hour brings when 100,000 apply in a day; ${RUSH} a second are asked besides, to see what happens beyond it: whoever comes while too many wait for the engine is sent away with a time to come back.`,
      'The tables are in the engine; what was asked before is answered from memory. Some answers are compared with the tables of the folder, evaluated without the engine.'
    ],
    tables: [{
      title: 'Milliseconds', head: ['', 'a second', 'p50', 'p95', 'p99', 'answered', 'refused'],
      rows: [row('first time', peak), row('others, first time', asked.rush), row('the first ones again', asked.again)]
    }],
    targets: [{
      what: `refused at the expected peak of ${PEAK} questions a second`, reach: '0', measured: `${peak.refused} of ${count}`,
      isMet: size === 'full' ? peak.refused === 0 : null
    }],
    rowCounts: { questions: 2 * count },
    raw: asked,
    notes: ['The design sets no number for the time; the figure is there so that a change is seen.']
  }
}
