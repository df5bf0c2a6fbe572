import { expect } from 'chai'
import { checkForm } from '../../server/services/forms/form-check.ts'
import { matter } from '../../workers/guangxi/resident-medical.ts'
import { records, runStep, PERSON } from '../workers/matter-fixture.ts'
import { exampleContent, formContext } from './support.ts'

/** 特殊人员类别身份认定以相关部门出具的名单为准 (附件2, 城乡居民医保须知3). */
describe('special people of the residents\' medical insurance', () => {
  it('are not asked about in the form: who declares it all the same is told who decides', () => {
    const content = exampleContent(['resident-medical'])
    content.items['resident-medical']!.specialGroups = ['extreme-poverty']
    const [problem, ...more] = checkForm(formContext, 'guangxi', content, ['resident-medical'])
    expect(more).to.deep.equal([])
    expect(problem).to.include({ path: '/items/resident-medical/specialGroups', code: 'FIELD_UNKNOWN' })
    expect(problem!.message).to.contain('特殊人员类别以相关部门出具的名单为准，不由本人填报')
  })

  it('are told to no department by what the applicant wrote', () => {
    const steps = Object.entries(formContext.regions.steps('guangxi')).filter(([topic]) => topic.startsWith('guangxi.resident-medical.'))
    expect(steps).to.not.be.empty
    for (const [topic, { fields }] of steps) for (const pointer of Object.values(fields)) expect(pointer, topic).to.not.match(/special/i)
  })

  it('are those whom an official list names, whatever the fields claim', async () => {
    const check = async (licences: object[] | null, claimed = {}) =>
      (await runStep(matter.steps['check-special-list']!, { ...PERSON, ...claimed }, licences && records({ licences }))).result.variables.specialList
    expect(await check([{ type: 'minimum-living-allowance' }])).to.equal('listed')
    expect(await check([{ type: 'residence-permit' }])).to.equal('none')
    expect(await check([], { specialGroups: ['extreme-poverty'] })).to.equal('none')
    expect(await check(null), 'the list cannot be asked').to.equal('unlisted')
  })
})
