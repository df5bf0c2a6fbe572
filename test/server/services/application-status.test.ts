import { expect } from 'chai'
import type { ItemStatus } from '../../../server/db/items.ts'
import { applicationStatus } from '../../../server/services/application-status.ts'

const accepted = { status_draft: false, accepted_at: 1, refused_at: null }
const of = (...statuses: ItemStatus[]) => statuses.map(status => ({ status }))

describe('services/application-status', () => {
  const cases: [string, Parameters<typeof applicationStatus>, string][] = [
    ['a draft', [{ ...accepted, status_draft: true, accepted_at: null }, []], 'draft'],
    ['before acceptance', [{ ...accepted, accepted_at: null }, of('submitted')], 'submitted'],
    ['refused as a whole', [{ ...accepted, accepted_at: null, refused_at: 2 }, of('not-accepted')], 'not-accepted'],
    ['all items refused', [accepted, of('not-accepted', 'not-accepted')], 'not-accepted'],
    ['one item still open', [accepted, of('delivered', 'reviewing')], 'processing'],
    ['approved but not delivered', [accepted, of('delivered', 'approved')], 'processing'],
    ['every item settled', [accepted, of('delivered', 'rejected', 'withdrawn')], 'completed'],
    ['every item withdrawn', [accepted, of('withdrawn', 'withdrawn')], 'withdrawn'],
    ['withdrawn before acceptance', [{ ...accepted, accepted_at: null }, of('withdrawn')], 'withdrawn']
  ]
  for (const [name, args, expected] of cases) {
    it(`${name} is ${expected}`, () => expect(applicationStatus(...args)).to.equal(expected))
  }
})
