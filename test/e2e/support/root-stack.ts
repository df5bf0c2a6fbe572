import type { Collector } from '../../support/collector.ts'
import { startCollector } from '../../support/collector.ts'
import type { Stack } from '../../support/stack.ts'
import { stackFromEnvironment, startStack } from '../../support/stack.ts'
import { fixtureCases } from './fixture-people.ts'

let running: Stack | undefined
let collector: Collector | undefined

/** The one system that all end-to-end tests of a run share. */
export function stack(): Stack {
  if (!running) throw new Error('the stack is not running')
  return running
}

/** What receives the traces of that system. */
export function traces(): Collector {
  if (!collector) throw new Error('the stack is not running')
  return collector
}

before(async function () {
  this.timeout(240_000)
  collector = await startCollector()
  running = await startStack({
    ...stackFromEnvironment(), guests: fixtureCases('guangxi').map(({ account }) => account),
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }
  })
})

after(async function () {
  this.timeout(60_000)
  await running?.stop()
  await collector?.stop()
})
