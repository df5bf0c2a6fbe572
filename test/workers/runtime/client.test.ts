import { expect } from 'chai'
import { gatherPause } from '../../../workers/runtime/client.ts'

describe('the poller', () => {
  it('asks at once while little is in hand, and gathers with more, never long', () => {
    expect([0, 1, 2].map(gatherPause)).to.deep.equal([0, 0, 0])
    expect([3, 10, 16, 32].map(gatherPause)).to.deep.equal([30, 100, 150, 150])
  })
})
