import { expect } from 'chai'
import { isPageKey } from '../../../../web/src/desk/shared/page-key.ts'

describe('a key of the page', () => {
  const press = (key: string, more = {}) => ({ key, ctrlKey: false, altKey: false, metaKey: false, repeat: false, ...more })

  it('is Enter only while no link or button has the keyboard', () => {
    expect(isPageKey(press('Enter'), false)).to.equal(true)
    expect(isPageKey(press('Enter'), true)).to.equal(false)
  })

  it('is any letter, wherever the keyboard is, but none of the browser’s', () => {
    expect(isPageKey(press('j'), true)).to.equal(true)
    for (const more of [{ ctrlKey: true }, { altKey: true }, { metaKey: true }, { repeat: true }]) {
      expect(isPageKey(press('j', more), false)).to.equal(false)
    }
  })
})
