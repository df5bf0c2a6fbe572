import { expect } from 'chai'
import { affectedItems } from '../../../server/services/affected-items.ts'

const steps = {
  'r.a.verify': { department: 'd', fields: { name: '/common/person/name', mobile: '/common/person/mobile' } },
  'r.b.register': { department: 'd', fields: { name: '/common/person/name', tier: '/item/tier' } },
  'r.c.declare': { department: 'd', fields: { base: '/row/base' } },
  'common.mail-results': { department: 'post', fields: { mobile: '/common/person/mobile' } }
}
const open = ['a', 'b', 'c'].map(slug => ({ slug }))

describe('services/affected-items', () => {
  const affected = (corrected: string, ...pointers: string[]) => affectedItems(steps, { slug: corrected }, open, pointers).map(({ slug }) => slug)

  it('names the corrected item and those whose steps are told the field', () => {
    expect(affected('a', '/common/person/mobile')).to.deep.equal(['a'])
    expect(affected('a', '/common/person/name')).to.deep.equal(['a', 'b'])
    expect(affected('a', '/common/person')).to.deep.equal(['a', 'b'])
    expect(affected('c', '/items/b/tier')).to.deep.equal(['b', 'c'])
    expect(affected('a', '/items/c/rows/0/base')).to.deep.equal(['a', 'c'])
  })

  it('names for each the changed fields that it uses', () => {
    expect(affectedItems(steps, { slug: 'a' }, open, ['/common/person/name', '/common/person/mobile'])).to.deep.equal([
      { slug: 'a', paths: ['/common/person/name', '/common/person/mobile'] }, { slug: 'b', paths: ['/common/person/name'] }
    ])
  })

  it('leaves decided items out', () => {
    expect(affectedItems(steps, { slug: 'a' }, [{ slug: 'a' }], ['/common/person/name']).map(({ slug }) => slug)).to.deep.equal(['a'])
  })
})
