import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { BreakerState } from './circuit-breaker.ts'

const CIRCUIT_STATES: readonly BreakerState[] = ['closed', 'half-open', 'open']
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

export type Metrics = ReturnType<typeof createMetrics>

/**
 * The figures of one worker process, which is of this `version`. Labels are topics, departments and outcomes: nothing that
 * belongs to a person.
 */
export function createMetrics(version = '') {
  const registry = new Registry()
  const registers = [registry]
  const circuits = new Map<string, () => BreakerState>()
  new Gauge({ name: 'worker_info', help: 'The version that runs; 1', labelNames: ['version'], registers }).set({ version }, 1)
  return {
    registry,
    tasks: new Counter({
      name: 'worker_tasks_total', help: 'Tasks by outcome', labelNames: ['topic', 'outcome'], registers
    }),
    taskSeconds: new Histogram({
      name: 'worker_task_duration_seconds', help: 'From fetch to report', labelNames: ['topic'], buckets: SECONDS, registers
    }),
    inFlight: new Gauge({ name: 'worker_tasks_in_flight', help: 'Tasks in hand', labelNames: ['client'], registers }),
    lastFetch: new Gauge({
      name: 'worker_last_fetch_timestamp_seconds', help: 'Last answered poll', labelNames: ['client'], registers
    }),
    pollErrors: new Counter({
      name: 'worker_poll_errors_total', help: 'Polls that failed', labelNames: ['client'], registers
    }),
    departmentRequests: new Counter({
      name: 'worker_department_requests_total', help: 'Exchanges with departments', labelNames: ['department', 'result'], registers
    }),
    departmentSeconds: new Histogram({
      name: 'worker_department_request_duration_seconds', help: 'Time of one exchange',
      labelNames: ['department'], buckets: SECONDS, registers
    }),
    /** The circuits to departments, by the department's slug. */
    circuits,
    circuit: new Gauge({
      name: 'worker_circuit_state', help: '0 closed, 1 half open, 2 open', labelNames: ['department'], registers,
      // Looked at when it is read: an open circuit becomes half open by time alone, and then nobody may call for long.
      collect() {
        for (const [department, stateOf] of circuits) this.set({ department }, CIRCUIT_STATES.indexOf(stateOf()))
      }
    })
  }
}
