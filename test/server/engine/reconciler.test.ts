import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Knex } from 'knex'
import { connect } from '../../../server/db/connect.ts'
import { migrate } from '../../../server/db/migrate.ts'
import type { EngineGateway } from '../../../server/engine/gateway.ts'
import { instances } from '../../../server/engine/gateway-instances.ts'
import type { EngineInstance, Page } from '../../../server/engine/gateway-instances.ts'
import { reconcile } from '../../../server/engine/reconciler.ts'
import type { Rest } from '../../../server/engine/rest.ts'
import type { WorkItemSources } from '../../../server/engine/work-item-of.ts'
import { testContext } from '../support/case-context.ts'

const UMBRELLA = 'guangxi-enrolment'
const SOURCES = {} as WorkItemSources

function instance(number: number, businessKey = `case-${number}`): EngineInstance {
  return { id: `instance-${number}`, businessKey, definitionId: '', definitionKey: UMBRELLA, startedAt: number, endedAt: null }
}

describe('server/engine/reconciler', () => {
  let db: Knex
  let folder: string
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'reconciler-'))
    db = connect({ databaseUrl: '', dataDir: folder })
    await migrate(db)
  })
  after(async () => {
    await db.destroy()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Reconciles with an engine that runs these umbrellas; `between` happens in it after each page that it has answered. */
  async function reconciled(running: EngineInstance[], between: () => void = () => undefined) {
    const deleted: string[] = []
    const engine = {
      openTasks: () => Promise.resolve([]),
      runningInstances(key: string, { first, max }: Page) {
        const rows = key === UMBRELLA ? running.filter(({ endedAt }) => endedAt === null).slice(first, first + max) : []
        between()
        return Promise.resolve(rows)
      },
      findInstancesByBusinessKey: (businessKey: string, key: string) =>
        Promise.resolve(running.filter(one => one.businessKey === businessKey && one.definitionKey === key)),
      deleteInstance: (id: string) => Promise.resolve(void deleted.push(id))
    }
    const { doubled } = await reconcile(testContext(db, { engine: engine as unknown as EngineGateway }), SOURCES)
    return { doubled, deleted }
  }
  const many = (count: number) => Array.from({ length: count }, (_, number) => instance(number))

  it('leaves a process alone that stands on two pages, as one that began before it came into sight between them', async () => {
    const running = many(700)
    let isLate = false
    const found = await reconciled(running, () => {
      if (!isLate) running.unshift(instance(-1))
      isLate = true
    })
    expect(found).to.deep.equal({ doubled: [], deleted: [] })
  })

  it('ends the later of two processes of one case', async () => {
    expect(await reconciled([...many(3), instance(3, 'case-1')])).to.deep.equal({ doubled: ['instance-3'], deleted: ['instance-3'] })
  })

  it('leaves the one alone whose double has ended since', async () => {
    const running = [...many(3), instance(3, 'case-1')]
    const end = () => { running[1] = { ...running[1]!, endedAt: 9 } }
    expect(await reconciled(running, end)).to.deep.equal({ doubled: [], deleted: [] })
  })

  it('is told of two that began in one millisecond always in the same order', async () => {
    const started = (id: string) => ({ id, businessKey: 'case', startTime: '2026-03-24T10:00:00.000+0800', endTime: null })
    const rest = (answer: unknown) => (() => Promise.resolve(answer)) as unknown as Rest
    const { clock } = testContext(db)
    for (const ids of [['a', 'b'], ['b', 'a']]) {
      const found = await instances(rest(ids.map(started)), clock).findInstancesByBusinessKey('case')
      expect(found.map(({ id }) => id)).to.deep.equal(['a', 'b'])
    }
  })
})
