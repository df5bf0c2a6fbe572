import { expect } from 'chai'
import { createMemoryAdapter } from '../../../departments/identity/memory-adapter.ts'

describe('the memory of the identity server', () => {
  it('keeps thousands of things, apart by kind, each until it expires', async () => {
    let now = 0
    const create = createMemoryAdapter(() => now)
    const [codes, sessions] = [create('AuthorizationCode'), create('Session')]
    for (let index = 0; index < 5000; index++) await codes.upsert(String(index), { grantId: `g${index % 10}` }, 60)
    await sessions.upsert('0', { uid: 'u0' }, 3600)
    expect((await codes.find('0'))?.grantId).to.equal('g0')
    expect(await codes.findByUid('u0')).to.equal(undefined)
    expect((await sessions.findByUid('u0'))?.uid).to.equal('u0')
    await codes.consume('1')
    expect((await codes.find('1'))?.consumed).to.equal(0)
    await codes.revokeByGrantId('g3')
    expect(await codes.find('3')).to.equal(undefined)
    now = 60_000
    expect(await codes.find('4')).to.equal(undefined)
    await sessions.destroy('0')
    expect(await sessions.find('0')).to.equal(undefined)
  })
})
