import { expect } from 'chai'
import { maskContent } from '../../../../server/services/forms/masked-content.ts'
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
})
