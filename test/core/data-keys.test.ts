import { expect } from 'chai'
import { readDataKeys, withNewKey } from '../../core/data-keys.ts'

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

  it('puts a new key in front and keeps the earlier ones', () => {
    const second = withNewKey(text(1), key(2))
    expect(readDataKeys(withNewKey(second, key(3)))).to.deep.equal([{ id: 'k3', key: key(3) }, { id: 'k2', key: key(2) }, { id: 'k1', key: key(1) }])
  })
})
