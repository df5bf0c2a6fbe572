import { expect } from 'chai'
import { materialsState, materialState } from '../../../../server/services/materials/state.ts'
import type { MaterialFacts, MaterialState } from '../../../../server/services/materials/state.ts'
import type { RequiredMaterial } from '../../../../server/services/policy/required-materials.ts'

const TODAY = '2026-03-24'
const nothing: MaterialFacts = { licence: null, uploadedAt: null, verifiedAt: null, isSignedIn: false }
const licence = (validUntil: string | null) => ({ type: 'x', name: '证', number: '1', issuedAt: null, issuer: null, validUntil })
const shown = { kind: 'certificate', form: 'original' as const, verifyOriginal: true }
const sent = { kind: 'certificate', form: 'copy' as const, verifyOriginal: false }

describe('the state of a material', () => {
  it('goes from 待上传 to 已上传, or to 原件待核 where the original must be seen', () => {
    expect(materialState(sent, nothing, TODAY)).to.equal('to-upload')
    expect(materialState(sent, { ...nothing, uploadedAt: 5 }, TODAY)).to.equal('uploaded')
    expect(materialState(shown, { ...nothing, uploadedAt: 5 }, TODAY)).to.equal('original-pending')
  })

  it('is 原件已核 once somebody saw it, with a file or without, until another file comes', () => {
    expect(materialState(shown, { ...nothing, verifiedAt: 5 }, TODAY)).to.equal('original-verified')
    expect(materialState(shown, { ...nothing, uploadedAt: 5, verifiedAt: 5 }, TODAY)).to.equal('original-verified')
    expect(materialState(shown, { ...nothing, uploadedAt: 6, verifiedAt: 5 }, TODAY)).to.equal('original-pending')
  })

  it('is 免提交 by a licence that is valid today, whatever else there is', () => {
    expect(materialState(shown, { ...nothing, licence: licence(null) }, TODAY)).to.equal('exempt')
    expect(materialState(shown, { ...nothing, licence: licence(TODAY), uploadedAt: 5 }, TODAY)).to.equal('exempt')
    expect(materialState(shown, { ...nothing, licence: licence('2026-03-23') }, TODAY)).to.equal('to-upload')
  })

  it('does not matter for what the system prints itself', () => {
    expect(materialState({ kind: 'form', form: 'electronic', verifyOriginal: false }, nothing, TODAY)).to.equal('provided')
  })

  it('is no question for the identity of somebody who signed in by name, but for one whom an agent speaks for', () => {
    const identity = { kind: 'identity', form: 'electronic' as const, verifyOriginal: false }
    expect(materialState(identity, { ...nothing, isSignedIn: true }, TODAY)).to.equal('provided')
    expect(materialState(identity, nothing, TODAY)).to.equal('to-upload')
    expect(materialState({ ...identity, form: 'original' }, { ...nothing, isSignedIn: true }, TODAY)).to.equal('to-upload')
  })
})

describe('the materials of a matter together', () => {
  const entry = (state: MaterialState, material: Partial<RequiredMaterial> = {}) => ({
    state, material: { kind: 'certificate', required: true, verifyOriginal: false, matters: ['m'], ...material } as RequiredMaterial
  })

  it('are complete when nothing is asked, and what is asked is settled', () => {
    expect(materialsState([], 'm')).to.equal('complete')
    expect(materialsState([entry('exempt'), entry('uploaded'), entry('original-verified')], 'm')).to.equal('complete')
  })

  it('are missing before they are unseen', () => {
    expect(materialsState([entry('original-pending'), entry('to-upload')], 'm')).to.equal('missing')
    expect(materialsState([entry('original-pending'), entry('exempt')], 'm')).to.equal('original-pending')
  })

  it('leave aside what another step looks at, what is not required, and what other matters ask for', () => {
    for (const material of [{ kind: 'photo' }, { kind: 'identity' }, { kind: 'form' }, { required: false }, { matters: ['other'] }]) {
      expect(materialsState([entry('to-upload', material)], 'm'), JSON.stringify(material)).to.equal('complete')
    }
    expect(materialsState([entry('to-upload', { kind: 'identity', verifyOriginal: true })], 'm')).to.equal('missing')
  })
})
