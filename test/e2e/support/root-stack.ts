import type { Stack } from '../../support/stack.ts'
import { stackFromEnvironment, startStack } from '../../support/stack.ts'
import { fixtureCases } from './fixture-people.ts'

let running: Stack | undefined

/** The one system that all end-to-end tests of a run share. */
export function stack(): Stack {
  if (!running) throw new Error('the stack is not running')
  return running
}

before(async function () {
  this.timeout(240_000)
  running = await startStack({ ...stackFromEnvironment(), guests: fixtureCases('guangxi').map(({ account }) => account) })
})

after(async function () {
  this.timeout(60_000)
  await running?.stop()
})
