import { expect } from 'chai'
import { createLoginLimit } from '../../../departments/identity/login-limit.ts'

describe('the limit of failed logins', () => {
  const MINUTE = 60_000

  it('is five of one account from one address within a quarter of an hour', () => {
    let now = 0
    const limit = createLoginLimit(() => now)
    for (let time = 0; time < 5; time++) {
      expect(limit.allows('one', 'here')).to.equal(true)
      limit.fail('one', 'here')
    }
    expect(limit.allows('one', 'here')).to.equal(false)
    expect(limit.allows('two', 'here')).to.equal(true)
    expect(limit.allows('one', 'there')).to.equal(true)
    now = 15 * MINUTE
    expect(limit.allows('one', 'here')).to.equal(true)
  })

  it('starts anew after a success', () => {
    const limit = createLoginLimit(() => 0)
    for (let time = 0; time < 4; time++) limit.fail('one', 'here')
    limit.succeed('one', 'here')
    for (let time = 0; time < 4; time++) limit.fail('one', 'here')
    expect(limit.allows('one', 'here')).to.equal(true)
  })

  it('is twenty of one account from anywhere, and fifty from one address', () => {
    const limit = createLoginLimit(() => 0)
    for (let time = 0; time < 20; time++) limit.fail('one', `address-${time}`)
    expect(limit.allows('one', 'another')).to.equal(false)
    for (let time = 0; time < 50; time++) limit.fail(`account-${time}`, 'here')
    expect(limit.allows('fresh', 'here')).to.equal(false)
    expect(limit.allows('fresh', 'there')).to.equal(true)
  })
})
