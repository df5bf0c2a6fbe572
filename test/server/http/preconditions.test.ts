import { expect } from 'chai'
import { givenVersion, requiredVersion } from '../../../server/http/preconditions.ts'

const request = (header?: string) => ({ headers: header === undefined ? {} : { 'if-match': header } }) as never

describe('http/preconditions', () => {
  it('reads strong and weak tags, bare numbers and the star', () => {
    for (const header of ['"3"', 'W/"3"', '3', ' "3" ']) expect(requiredVersion(request(header), 9), header).to.equal(3)
    expect(requiredVersion(request('*'), 9)).to.equal(9)
  })

  it('demands one, or does not, and takes nonsense for a version that is not there', () => {
    expect(() => requiredVersion(request(), 1)).to.throw().with.property('code', 'PRECONDITION_REQUIRED')
    expect(givenVersion(request(), 1)).to.equal(undefined)
    expect(() => givenVersion(request('"abc"'), 1)).to.throw().with.property('code', 'VERSION_CONFLICT')
  })
})
