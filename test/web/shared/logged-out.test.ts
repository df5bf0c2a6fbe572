import { expect } from 'chai'
import { isLoggedOut } from '../../../web/src/shared/logged-out.ts'

describe('shared/logged-out', () => {
  it('tells an expired session from every other failure', () => {
    expect(isLoggedOut(Object.assign(new Error('请先登录后再操作。'), { status: 401 }))).to.equal(true)
    for (const error of [Object.assign(new Error(), { status: 403 }), new Error('401'), { status: 401 }, null, undefined]) {
      expect(isLoggedOut(error)).to.equal(false)
    }
  })
})
