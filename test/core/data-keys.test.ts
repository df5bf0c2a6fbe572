import { expect } from 'chai'
import { readDataKeys, rotateKeys } from '../../core/data-keys.ts'

const key = (byte: number): Buffer => Buffer.alloc(32, byte)
const text = (byte: number): string => key(byte).toString('base64')

describe('core/data-keys', () => {
  it('reads a key without a name as k1, and a list with the newest first', () => {
    expect(readDataKeys(text(1))).to.deep.equal([{ id: 'k1', key: key(1) }])
    expect(readDataKeys(` k2:${text(2)}\nk1:${text(1)} `)).to.deep.equal([{ id: 'k2', key: key(2) }, { id: 'k1', key: key(1) }])
  })

  it('reads nothing that is not 32 bytes each, has a strange name or a name twice', () => {
    for (const wrong of ['', 'c2hvcnQ=', `a:b:${text(1)}`, `k_1:${text(1)}`, `${text(2)} ${text(1)}`, `k2:${text(2)} k1:c2hvcnQ=`]) {
      expect(readDataKeys(wrong), wrong).to.equal(undefined)
    }
  })

  it('adds a new key last, then moves it to the front, and keeps the earlier ones', () => {
    const added = rotateKeys(text(1), key(2))!
    expect([added.id, added.state]).to.deep.equal(['k2', 'added'])
    expect(readDataKeys(added.text)).to.deep.equal([{ id: 'k1', key: key(1) }, { id: 'k2', key: key(2) }])
    const sealing = rotateKeys(added.text, key(9))!
    expect([sealing.id, sealing.state]).to.deep.equal(['k2', 'sealing'])
    expect(readDataKeys(sealing.text)).to.deep.equal([{ id: 'k2', key: key(2) }, { id: 'k1', key: key(1) }])
    const third = rotateKeys(rotateKeys(sealing.text, key(3))!.text, key(9))!
    expect(readDataKeys(third.text)!.map(({ id }) => id)).to.deep.equal(['k3', 'k2', 'k1'])
  })

  it('changes no list whose names do not tell the newest, or that cannot be read', () => {
    for (const list of [`k1:${text(1)} of-2026:${text(2)}`, 'half a key']) expect(rotateKeys(list, key(3)), list).to.equal(undefined)
  })
})
