import { expect } from 'chai'
import { checkResults, toEngineVariables } from '../../../server/engine/engine-variables.ts'

const ID = '3f0c8d1e-5a60-4c1b-9f64-0a2b7c9d1e2f'

describe('engine/engine-variables', () => {
  it('types references, flags, codes and dates; dates lose the offset', () => {
    expect(toEngineVariables({ applicationId: ID, selFlexiblePension: true, decision: 'handed-over', roundCount: 2, warnAt: new Date(5000) }, 4000)).to.deep.equal({
      applicationId: { value: ID, type: 'String' }, selFlexiblePension: { value: true, type: 'Boolean' },
      decision: { value: 'handed-over', type: 'String' }, roundCount: { value: 2, type: 'Long' },
      warnAt: { value: '1970-01-01T00:00:01.000+0000', type: 'Date' }
    })
  })

  const refused: readonly (readonly [string, Record<string, unknown>])[] = [
    ['an unknown name', { personName: 'x' }], ['a name in a known place', { channel: '韦晓敏' }], ['an ID number as code', { outcome: '450103199008160244' }],
    ['an ID number inside a code', { decision: 'a-450103199008160244' }], ['a mobile', { decision: 'm13877101001' }], ['a text as id', { itemId: 'abc' }],
    ['a date as text', { warnAt: '2026-01-01' }], ['no date', { warnAt: new Date(Number.NaN) }], ['an object', { decision: { a: 1 } }],
    ['a flag as text', { selX: 'true' }], ['a fraction', { roundCount: 1.5 }], ['an expression', { decision: '${x}' }], ['nothing', { decision: undefined }]
  ]
  for (const [name, variables] of refused) {
    it(`lets ${name} not in, and does not repeat the value`, () => {
      const attempt = () => toEngineVariables(variables as never, 0)
      expect(attempt).to.throw().with.property('name', 'ForbiddenVariable')
      try { attempt() } catch (error) { expect(String((error as Error).cause)).not.to.match(/\d{11}|韦/) }
    })
  }

  it('lets a designer name outcomes of a step, as long as they are codes or flags', () => {
    expect(() => checkResults({ planChange: 'allowed', changesNameOrIdNumber: false, specialList: 'listed' })).not.to.throw()
    for (const results of [{ planChange: '韦晓敏' }, { planChange: 5 }, { idNumber: 'abc' }, { mobile: 'm' }, { 'a-b': 'c' }, { x: '450103199008160244' }]) {
      expect(() => checkResults(results), JSON.stringify(results)).to.throw()
    }
  })
})
