import { expect } from 'chai'
import { createDecisionService, createLru, inputNames } from '../../../server/engine/decisions.ts'
import type { DecisionOptions } from '../../../server/engine/decisions.ts'

const dmn = (inputs: readonly string[]) => `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"><decision id="other"/><decision id="t">
  <decisionTable>${inputs.map(name => `<input><inputExpression><text> ${name} </text></inputExpression></input>`).join('')}<rule><inputEntry><text>&gt; inCell</text></inputEntry></rule></decisionTable></decision></definitions>`

/** An engine with one table; evaluations stay open until they are let go. */
function oneTable(options: DecisionOptions = {}) {
  let version = 1
  let isAway = false
  const asked: unknown[] = []
  const open: (() => void)[] = []
  let holds = false
  const service = createDecisionService({
    decisionDefinition: key => (isAway ? Promise.reject(new Error('away')) : Promise.resolve(key === 't' ? { id: `t:${version}`, key, version } : undefined)),
    decisionXml: () => Promise.resolve(dmn(['a', 'b'])),
    evaluateDecision: async (id, inputs) => {
      asked.push([id, inputs])
      if (holds) await new Promise<void>(resolve => open.push(resolve))
      return [{ id }]
    }
  }, { versionFor: 1000, ...options })
  return {
    service, asked, open,
    hold() { holds = true },
    release() {
      holds = false
      for (const go of open.splice(0)) go()
    },
    newVersion() { version++ },
    goAway() { isAway = true }
  }
}
const settled = () => new Promise(resolve => setImmediate(resolve))

describe('engine/decisions', () => {
  it('asks once for equal inputs, in whatever order they stand', async () => {
    const { service, asked } = oneTable()
    const tables = new Set<string>()
    await service.evaluate('t', { a: 1, b: null }, tables)
    expect([...tables], 'the version that answered').to.deep.equal(['t:1'])
    await service.evaluate('t', { b: null, a: 1 })
    await service.evaluate('t', { a: 2, b: null })
    expect(asked).to.have.length(2)
  })

  it('shares one evaluation among equal questions at once', async () => {
    const { service, asked } = oneTable()
    await Promise.all(Array.from({ length: 50 }, () => service.evaluate('t', { a: 1, b: 1 })))
    expect(asked).to.have.length(1)
  })

  it('tells a table only what it names, in a column or in a cell, and shares its answer among all who differ in nothing else', async () => {
    const { service, asked } = oneTable()
    for (const person of [{ sex: 'male', inCell: 1 }, { sex: 'female', inCell: 1 }, { sex: 'male', inCell: 2 }]) await service.evaluate('t', { a: 1, b: 1, ...person })
    expect(asked).to.deep.equal([['t:1', { a: 1, b: 1, inCell: 1 }], ['t:1', { a: 1, b: 1, inCell: 2 }]])
  })

  it('refuses a question that leaves an input out, and a table that is not there', async () => {
    const { service } = oneTable()
    for (const question of [service.evaluate('t', { a: 1 }), service.evaluate('t', { a: 1, b: undefined } as never), service.evaluate('none', {})]) {
      expect(await question.then(() => expect.fail('answered'), (error: unknown) => error)).to.include({ code: 'DECISION_FAILED' })
    }
  })

  it('sees a new version of the table after a while', async () => {
    let now = 0
    const { service, newVersion } = oneTable({ now: () => now })
    expect(await service.evaluate('t', { a: 1, b: 1 })).to.deep.equal([{ id: 't:1' }])
    newVersion()
    expect(await service.evaluate('t', { a: 1, b: 1 })).to.deep.equal([{ id: 't:1' }])
    now = 1001
    expect(await service.evaluate('t', { a: 1, b: 1 })).to.deep.equal([{ id: 't:2' }])
  })

  it('answers what it knows while the engine is away', async () => {
    let now = 0
    const { service, goAway } = oneTable({ now: () => now })
    await service.evaluate('t', { a: 1, b: 1 })
    goAway()
    now = 5000
    expect(await service.evaluate('t', { a: 1, b: 1 })).to.deep.equal([{ id: 't:1' }])
  })

  it('asks eight at once, lets some wait, and sends the rest away with a time to come back', async () => {
    const table = oneTable({ maxInFlight: 8, maxWaiting: 4 })
    await table.service.evaluate('t', { a: -1, b: 0 })
    table.hold()
    const questions = Array.from({ length: 13 }, (_, a) => table.service.evaluate('t', { a, b: 0 }).catch((error: unknown) => error))
    await settled()
    expect(table.open).to.have.length(8)
    expect(await questions[12]).to.include({ code: 'DECISIONS_BUSY', status: 503, retryAfter: 2 })
    table.release()
    expect((await Promise.all(questions)).filter(Array.isArray)).to.have.length(12)
    expect(await table.service.evaluate('t', { a: 12, b: 0 })).to.have.length(1)
  })

  it('forgets what was not asked for longest', () => {
    const lru = createLru<number>(2)
    lru.set('a', 1)
    lru.set('b', 2)
    lru.get('a')
    lru.set('c', 3)
    expect([lru.get('a'), lru.get('b'), lru.get('c')]).to.deep.equal([1, undefined, 3])
  })

  it('reads the names of a table\'s inputs', () => {
    expect(inputNames(dmn(['a', 'b.c', 'd']), 't')).to.deep.equal(['a', 'd'])
    expect(inputNames(dmn([]), 'none')).to.deep.equal([])
  })
})
