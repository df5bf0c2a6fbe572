import { expect } from 'chai'
import { canonicalJson } from '../../../departments/common/canonical-json.ts'

describe('canonical JSON', () => {
  it('does not depend on the order of members, at any depth', () => {
    expect(canonicalJson({ b: [{ d: 1, c: null }], a: 'x' })).to.equal(canonicalJson({ a: 'x', b: [{ c: null, d: 1 }] }))
  })

  it('depends on the order of a list', () => {
    expect(canonicalJson([1, 2])).to.not.equal(canonicalJson([2, 1]))
  })
})
