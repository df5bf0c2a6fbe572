import { expect } from 'chai'
import { WAYS_OUT, wordsAtButton } from '../../../../web/src/apply/draft/not-saved.ts'
import type { Hindrance } from '../../../../web/src/shared/draft/draft-store.ts'

const hindered = (kind: Hindrance) => wordsAtButton({ hasUnsaved: true, hindrance: { kind, message: '内容过长' } })

describe('apply/not-saved', () => {
  it('says beside the button that it did not lead on, and why', () => {
    for (const kind of Object.keys(WAYS_OUT) as Hindrance[]) expect(hindered(kind), kind).to.match(/^还没有保存，所以停在这一页。./)
    expect(hindered('away')).to.contain('连不上服务器')
    expect(hindered('login')).to.contain('重新登录')
    expect(hindered('conflict')).to.contain('保留哪一份')
    expect(hindered('refused'), 'the words of the server').to.contain('内容过长')
  })

  it('asks for another press when something was typed during the save, and is silent once all is saved', () => {
    expect(wordsAtButton({ hindrance: null, hasUnsaved: true })).to.contain('请再按一次')
    expect(wordsAtButton({ hindrance: null, hasUnsaved: false })).to.equal(null)
  })
})
