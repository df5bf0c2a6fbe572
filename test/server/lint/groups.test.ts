import { expect } from 'chai'
import { lintModel } from '../../../server/lint/index.ts'
import { withVillageStep } from '../../engine/village-step.ts'
import { contextOf } from '../../regions/bpmn-model.ts'

describe('lint/rules/people', () => {
  const found = async (groups: readonly string[]) =>
    (await lintModel('process', { ...contextOf('guangxi', 'resident-pension'), groups }, withVillageStep('village'))).filter(({ rule }) => rule === 'people')

  it('takes a group that is new to the region as soon as somebody belongs to it, and names it among those to choose from', async () => {
    const [refused] = await found([])
    expect(refused!.message).to.contain('没有人员的部门组').and.contain('统一身份认证').and.not.contain('village')
    expect((await found(['herd']))[0]!.message).to.contain('herd')
    expect(await found(['herd', 'village'])).to.deep.equal([])
  })
})
