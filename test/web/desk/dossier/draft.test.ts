import { expect } from 'chai'
import { draftState, merged } from '../../../../web/src/desk/dossier/draft.ts'

const MOBILE = '/common/person/mobile'
const PAPER = 'material:archive-release'

describe('the draft of a decision', () => {
  it('keeps the reason of each thing to correct by its name, also of one that is not asked for now', () => {
    const both = merged(merged({}, { marks: { [MOBILE]: { text: '少一位' } } }), { marks: { [PAPER]: { reasonCode: 'UNREADABLE' } } })
    expect(both.marks).to.deep.equal({ [MOBILE]: { text: '少一位' }, [PAPER]: { reasonCode: 'UNREADABLE' } })
    expect(merged(both, { marks: { [MOBILE]: { text: '' } } }).marks![MOBILE]).to.deep.equal({ text: '' })
  })

  it('keeps what another dialogue asked for', () => {
    expect(merged({ reasonCode: 'AGE', reasonText: '未满' }, { reasonText: '未满十六岁' })).to.deep.equal({ reasonCode: 'AGE', reasonText: '未满十六岁' })
    expect(merged({ reasonCode: 'AGE' }, { reasonCode: undefined, marks: {} } as never)).to.deep.equal({ reasonCode: 'AGE', marks: {} })
  })

  it('is called kept only when the server has just that', () => {
    const [written, older] = [{ reasonText: '新' }, { reasonText: '旧' }]
    const none = { written: undefined, kept: undefined, refused: undefined, isMine: true }
    expect(draftState(none)).to.equal('unwritten')
    expect(draftState({ ...none, kept: older })).to.equal('saved')
    expect(draftState({ ...none, written, kept: older })).to.equal('saving')
    expect(draftState({ ...none, written, kept: written })).to.equal('saved')
    expect(draftState({ ...none, written, refused: written })).to.equal('failed')
    expect(draftState({ ...none, written, refused: older })).to.equal('saving')
  })

  it('of a task that is nobody’s is nowhere but in the page', () => {
    expect(draftState({ written: { reasonText: '新' }, kept: undefined, refused: undefined, isMine: false })).to.equal('unclaimed')
  })
})
