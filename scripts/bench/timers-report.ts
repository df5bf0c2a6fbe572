import { figure, judged } from './bench.ts'
import type { Findings, Target } from './bench.ts'
import { FULL, percent } from './machine.ts'
import { quantile } from './statistics.ts'
import type { Estimate } from './statistics.ts'
import type { Storm, TimerAmounts } from './timer-storm.ts'

export interface TimerFigures {
  readonly engine: Storm
  readonly history: Storm
  /** Milliseconds of each answer to a desk. */
  readonly desk: Readonly<Record<'quiet' | 'engine' | 'history', readonly number[]>>
  /** p95 of the desk in each storm against the quiet. */
  readonly ratios: Readonly<Record<'engine' | 'history', Estimate>>
  /** Share of the machine's processors that was busy meanwhile, 0 to 1. */
  readonly busy: Readonly<Record<'quiet' | 'engine' | 'history', number>>
}

const WHOLE: Pick<TimerAmounts, 'timers' | 'milestones'> = { timers: 10_000, milestones: 100_000 }

/** The findings of `timers` from its figures. */
export function timersFindings(amounts: TimerAmounts, figures: TimerFigures): Findings {
  const { engine, history, desk, ratios } = figures
  const number = (value: number) => value.toLocaleString('en-GB')
  const within = figure(amounts.withinMs / 1000)
  const row = (name: string, { fired, seconds, engineSeconds, latenessSeconds, missed, twice, audited }: Storm) => [
    name, number(fired), engineSeconds === null ? '–' : figure(engineSeconds), latenessSeconds === null ? '–' : figure(latenessSeconds),
    figure(seconds), figure(fired / seconds), missed, twice, number(audited)
  ]
  const deskRow = (name: string, samples: readonly number[], ratio?: Estimate) => [
    name, ...[0.5, 0.95, 0.99].map(share => figure(quantile(samples, share))), samples.length,
    ratio ? `${figure(ratio.value)}x` : '–', ratio ? `${figure(ratio.low)} – ${figure(ratio.high)}` : '–'
  ]
  return {
    title: 'A storm of due timers',
    intro: [
      `${number(amounts.timers)} cases wait for their review in the engine, copied within its tables from one that was led there by hand; their 预警 are due evenly within ${within} s. The engine runs with the settings of the project.`,
      `Then the engine's history tells at one instant of ${number(amounts.milestones)} 黄牌, as after a time in which no server read it; the server's own loop stores each as a milestone, with its entry in the audit trail and its alert.`,
      `Meanwhile, and for some time before, between and after, desks ask for \`GET /tasks\` ${amounts.perSecond} times a second whether those before were answered or not. Server, loops and desks are one process.`
    ],
    tables: [
      {
        title: 'Storms', head: ['storm', 'timers', 'all fired by the engine (s)', 'latest firing late by (s)', 'all in our table (s)', 'a second', 'missed', 'twice', 'in the audit trail'],
        rows: [row(`timers of the engine, due within ${within} s`, engine), row('milestones of our table, at once', history)]
      },
      {
        title: 'The desk meanwhile, milliseconds', head: ['', 'p50', 'p95', 'p99', 'calls', 'p95 against quiet', '95 %'],
        rows: [deskRow('quiet', desk.quiet), deskRow('while the engine fires', desk.engine, ratios.engine), deskRow('while our table catches up', desk.history, ratios.history)]
      }
    ],
    targets: targetsOf(amounts, figures),
    rowCounts: { 'open tasks': amounts.timers, items: amounts.timers + amounts.milestones, 'timers of the engine': amounts.timers * 3 },
    raw: figures
  }
}

function targetsOf(amounts: TimerAmounts, { engine, history, ratios, busy }: TimerFigures): Target[] {
  const isWhole = amounts.timers === WHOLE.timers && amounts.milestones === WHOLE.milestones
  const tells = (isMet: boolean) => isWhole ? isMet : null
  const number = (value: number) => value.toLocaleString('en-GB')
  const worst = ratios.engine.value > ratios.history.value ? 'engine' : 'history'
  const faults = [engine, history].reduce((sum, { missed, twice }) => sum + missed + twice, 0)
  const unaudited = engine.fired + history.fired - engine.audited - history.audited
  return [
    judged({ what: '10k engine timers due in one minute', reach: '≤ 2 min', measured: `${figure(engine.seconds)} s for ${number(engine.fired)}, in our table` }, tells(engine.seconds <= 120), () => reasonOf(busy, 'engine')),
    judged({ what: '100k milestones in our table', reach: '≤ 3 min', measured: `${figure(history.seconds)} s for ${number(history.fired)}` }, tells(history.seconds <= 180), () => reasonOf(busy, 'history')),
    {
      what: 'none missed, none twice', reach: '0', isMet: faults === 0 && unaudited === 0,
      measured: `${engine.missed + history.missed} missed, ${engine.twice + history.twice} twice, ${unaudited} not in the audit trail`
    },
    judged({ what: 'desk p95 meanwhile against quiet', reach: '≤ 2x', measured: `${figure(ratios.engine.value)}x, ${figure(ratios.history.value)}x` }, tells(ratios[worst].value <= 2), () => reasonOf(busy, worst))
  ]
}

/** Busy processors explain that something waits; without them the figures of the run tell nothing. */
function reasonOf(busy: TimerFigures['busy'], storm: 'engine' | 'history'): string | undefined {
  if (busy[storm] < FULL) return undefined
  return `the processors were ${percent(busy[storm])} busy ${storm === 'engine' ? 'while the engine fired' : 'while our table caught up'} and ${
    percent(busy.quiet)} in the quiet: engine, database, server, loops and desks share them, and no desk goes before`
}
