import { expect } from 'chai'
import { createRegionCatalogue } from '../../../../server/regions/catalogue.ts'
import { maskContent } from '../../../../server/services/forms/masked-content.ts'
import { formSections } from '../../../../server/services/tasks/form-parts.ts'
import { people } from '../../../support/public-server.ts'

describe('services/masked-content', () => {
  it('hides names, numbers and addresses wherever they stand, and leaves the rest', () => {
    const person = people[0]!.person as Record<string, string>
    const masked = maskContent({
      common: { person },
      items: { 'resident-pension': { tier: 20000, delivery: { method: 'mail', recipient: '韦某某', mobile: '13912345678', address: '某路1号' } } },
      agent: { name: '黄大明', idNumber: person.idNumber, mobile: '13812345678', relation: '朋友' }
    })
    const text = JSON.stringify(masked)
    for (const secret of [person.name!, person.idNumber!, person.mobile!, person.residenceAddress!, '韦某某', '13912345678', '某路1号', '黄大明']) {
      expect(text).not.to.contain(secret)
    }
    expect(masked.items['resident-pension']).to.deep.include({ tier: 20000 })
    expect(masked.common.person).to.include({ sex: person.sex, householdDivision: person.householdDivision })
  })

  it('leaves the year of a birth date beside the number', () => {
    const { person } = maskContent({ common: { person: { birthDate: '1990-08-16' } }, items: {}, agent: null }).common
    expect(person).to.deep.equal({ birthDate: '1990-**-**' })
  })

  it('hides both sides of a change as the thing that is changed, for a clerk until the form is revealed', () => {
    const changes = [
      { item: 'name', before: '韦大明', after: '韦小明' },
      { item: 'idNumber', before: '450103900816024', after: '450103199008160244' },
      { item: 'mobile', before: '13812345678', after: '13912345678' },
      { item: 'officePhone', before: '0771-1234567', after: '0771-7654321' },
      { item: 'residenceAddress', before: '阳光小区3栋501室', after: '南宁市青秀区民族大道9号' },
      { item: 'other', itemName: '联系人', before: '韦兰兰', after: '黄美丽' }
    ]
    const open = [{ item: 'ethnicity', before: '汉族', after: '壮族' }, { item: 'postalCode', before: '530000', after: '530022' }]
    const content = { common: {}, items: { 'flexible-medical-change': { changes: [...changes, ...open] } }, agent: null }
    const regions = createRegionCatalogue()
    const shown = (one: typeof content) => JSON.stringify(formSections(regions, regions.get('guangxi'), one, ['flexible-medical-change']))
    const masked = shown(maskContent(content) as typeof content)
    for (const text of changes.flatMap(({ before, after }) => [before, after])) {
      expect(masked, text).not.to.contain(text)
      expect(shown(content), text).to.contain(text)
    }
    for (const text of ['韦*明', '450103********0244', '138****5678', '南宁市青秀区****', '联系人', '汉族', '530022']) expect(masked, text).to.contain(text)
  })
})
