import { figure } from './bench.ts'
import type { ArmFigures, ArmName, EnrolmentFigures, EnrolmentRound } from './enrolment.ts'
import { mean } from './statistics.ts'

/** How far the pace may lie from what the processors' work foretells before something else must hold it up. */
const NEAR = 0.25

type Arms = Readonly<Record<ArmName, ArmFigures>>

const meanOf = ({ rounds }: ArmFigures, of: (one: EnrolmentRound) => number): number => mean(rounds.map(of))
/** CPU-seconds a case with PostgreSQL: all that the processors do for it but the departments' stand-ins. */
const wholeOf = (arm: ArmFigures): number => meanOf(arm, ({ cpu, postgres }) => cpu + postgres)

/** Where the CPU-seconds go that a case costs more here than in the bare engine, the largest part first. */
export function reasonOfCost({ ours, tuned }: Arms): string {
  const more = Object.keys(ours.rounds[0]!.cpuOfEach)
    .map(name => ({ name, seconds: partOf(ours, name) - partOf(tuned, name) })).sort((one, other) => other.seconds - one.seconds)
  const counted = (of: (one: EnrolmentRound) => number) => `${figure(meanOf(ours, of))} against ${figure(meanOf(tuned, of))}`
  return `its workers do nothing, here each step calls the server, which writes case, trail and ledger. More a case: ${
    more.map(({ name, seconds }) => `${name} ${seconds.toFixed(3)}`).join(', ')} CPU-s; ${counted(({ statements }) => statements)} statements and ${
    counted(({ walBytes }) => walBytes / 1024)} KB of log`
}

/** Why cases end slower than in the bare engine; undefined when the work of the processors does not explain it. */
export function reasonOfPace({ ours, tuned }: Arms): string | undefined {
  const [foretold, ratio] = [wholeOf(tuned) / wholeOf(ours), meanOf(ours, paceOf) / meanOf(tuned, paceOf)]
  if (Math.abs(ratio / foretold - 1) > NEAR) return undefined
  return `the processors: with PostgreSQL a case costs ${wholeOf(ours).toFixed(3)} CPU-s against ${wholeOf(tuned).toFixed(3)}, which alone gives ${
    foretold.toFixed(2)}x; engine ${partOf(ours, 'engine').toFixed(3)}, PostgreSQL ${meanOf(ours, ({ postgres }) => postgres).toFixed(3)}, server ${
    partOf(ours, 'server').toFixed(3)}, workers ${partOf(ours, 'workers').toFixed(3)}`
}

/** Why cases are not twice as fast as with the client's defaults; undefined when the processors would allow it. */
export function reasonOfLead({ cores, arms: { ours, defaults } }: EnrolmentFigures, factor: number): string | undefined {
  const [most, wanted] = [cores / wholeOf(ours), factor * meanOf(defaults, paceOf)]
  if (most >= wanted) return undefined
  return `at ${wholeOf(ours).toFixed(3)} CPU-s a case with PostgreSQL ${cores} processors allow ${most.toFixed(2)} cases/s at most, and ${factor}x would be ${wanted.toFixed(2)}`
}

/** What of a case on an idle system is the engine's and the client's, and what the steps'. */
export function reasonOfIdle({ ours, tuned, defaults }: Arms, share: number): string {
  return `it may take ${(defaults.idleMs * share).toFixed(0)} ms; the bare engine with the same client takes ${
    tuned.idleMs.toFixed(0)}, so ${(ours.idleMs - tuned.idleMs).toFixed(0)} are what the steps do here (server and departments, not taken apart)`
}

const paceOf = ({ perSecond }: EnrolmentRound): number => perSecond
const partOf = (arm: ArmFigures, name: string): number => meanOf(arm, ({ cpuOfEach }) => cpuOfEach[name] ?? 0)
