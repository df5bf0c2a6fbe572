import { createBusinessClock } from '../../server/clock.ts'
import { createDecisionService } from '../../server/engine/decisions.ts'
import { createEngineGateway } from '../../server/engine/gateway.ts'
import { precheck as answerOf } from '../../server/services/policy/precheck.ts'
import type { PrecheckQuestion } from '../../server/services/policy/precheck.ts'
import { tableDecisions } from '../../test/policy/table-decisions.ts'
import { startPublicServer } from '../../test/support/public-server.ts'
import { randomOf } from '../../test/support/random.ts'
import { figure } from './bench.ts'
import type { Bench, Findings, Size } from './bench.ts'
import { openLoop } from './load.ts'
import { quantile } from './statistics.ts'
import { REGION, inWorld } from './world.ts'

const CALLS: Readonly<Record<Size, number>> = { smoke: 6, quick: 240, full: 3_000 }
const PER_SECOND = 40
/** Answers that are compared with the tables of the folder, evaluated without any engine. */
const COMPARED = 40

/** `precheck`: what the rules say before submission, with the tables in the engine, at a steady rate of different people. */
export const precheck: Bench = {
  name: 'precheck',
  run: options => inWorld(options, async ({ database, db, engine, env }) => {
    const { size, seed, say } = options
    const gateway = createEngineGateway({ ...engine, clock: createBusinessClock({}) })
    const server = await startPublicServer({ db, decisions: createDecisionService(gateway), env })
    try {
      const questions = questionsOf(randomOf(seed), CALLS[size], server.ctx.regions.get(REGION).matters.map(({ slug }) => slug))
      const ask = (question: PrecheckQuestion) => server.anonymous.call('POST', `regions/${REGION}/precheck`, question)
      say(`precheck: ${questions.length} questions, ${PER_SECOND} a second …`)
      const cold = await openLoop(PER_SECOND, questions.length, index => ask(questions[index]!))
      const before = await database.cost('engine')
      const warm = await openLoop(PER_SECOND, questions.length, index => ask(questions[index]!))
      const asked = (await database.cost('engine')).statements - before.statements
      const reference = { ...server.ctx, decisions: tableDecisions() }
      for (const question of questions.slice(0, COMPARED)) {
        const [one, other] = [await ask(question), await answerOf(reference, REGION, question)]
        if (JSON.stringify(one) !== JSON.stringify(other)) throw new Error(`the engine and the tables differ on ${JSON.stringify(question)}`)
      }
      say(`  p95 ${figure(quantile(cold, 0.95))} ms with tables not asked before, ${figure(quantile(warm, 0.95))} ms after`)
      return findings(cold, warm, asked)
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

function findings(cold: readonly number[], warm: readonly number[], statements: number): Findings {
  const row = (name: string, samples: readonly number[]) =>
    [name, ...[0.5, 0.95, 0.99].map(share => figure(quantile(samples, share))), samples.length]
  return {
    title: 'The rules before submission',
    intro: [
      `\`POST /regions/${REGION}/precheck\` for different selections and people, ${PER_SECOND} a second whether those before were answered or not; time is counted from the instant at which a call should have begun.`,
      'The tables are in the engine; what was asked before is answered from memory. Some answers are compared with the tables of the folder, evaluated without the engine.'
    ],
    tables: [{ title: 'Milliseconds', head: ['', 'p50', 'p95', 'p99', 'calls'], rows: [row('first time', cold), row('the same again', warm)] }],
    targets: [],
    rowCounts: { questions: cold.length },
    raw: { cold, warm, statementsOfEngineWhenWarm: statements },
    notes: ['The design sets no number for it; the figure is there so that a change is seen.']
  }
}
