import { expect } from 'chai'
import { readFileSync } from 'node:fs'
import { checkForm, normaliseContent } from '../../../../server/services/forms/form-check.ts'
import { prefill } from '../../../../server/services/forms/prefill.ts'
import type { PrefillProfile } from '../../../../server/services/forms/prefill-person.ts'
import { formContext, TODAY } from '../../../forms/support.ts'

const EXCLUSIONS = [
  ['resident-pension', 'flexible-pension'], ['resident-medical', 'flexible-medical'],
  ['resident-medical', 'resident-medical-change'], ['flexible-medical', 'flexible-medical-change']
] as const

function selectionsOf(region: string): string[][] {
  const slugs = formContext.regions.get(region).matters.map(({ slug }) => slug)
  return Array.from({ length: 2 ** slugs.length - 1 }, (_, bits) => slugs.filter((_slug, index) => (bits + 1) & (1 << index)))
}

const legal = selectionsOf('guangxi').filter(chosen => !EXCLUSIONS.some(([one, other]) => chosen.includes(one) && chosen.includes(other)))

const development = { today: TODAY, isDevelopment: true }
const production = { today: TODAY, isDevelopment: false }
const citizen: PrefillProfile = {
  name: '黄建国',
  person: {
    name: '黄建国', idType: 'resident-id', idNumber: '11010519491231002X', ethnicity: '壮族', mobile: '13877100003',
    householdDivision: '450103001001', residenceDivision: '450103001001', residenceAddress: '民族大道3号', sub: 'unknown-claim'
  }
}

describe('prefill', () => {
  it('fills the whole form of every legal selection so that it passes', () => {
    expect(legal).to.have.length(191)
    for (const matters of legal) {
      const { common, items } = prefill(formContext, 'guangxi', citizen, matters, development)
      const problems = checkForm(formContext, 'guangxi', { common, items, agent: null }, matters, { channel: 'online' })
      expect(problems, matters.join()).to.deep.equal([])
    }
  })

  it('keeps what the identity says, reads sex and birth from the number, and drops what the form does not know', () => {
    const { common } = prefill(formContext, 'guangxi', citizen, [], development)
    expect(common.person).to.include({ name: '黄建国', ethnicity: '08', sex: 'female', birthDate: '1949-12-31' })
    expect(common.person).not.to.have.property('sub')
  })

  it('makes nothing up in production', () => {
    const matters = ['resident-pension', 'flexible-medical', 'contribution']
    const { common, items } = prefill(formContext, 'guangxi', citizen, matters, production)
    expect(common.person).not.to.have.property('postalCode')
    expect(items['resident-pension']).to.deep.equal({ registeredOn: TODAY, delivery: { method: 'online' } })
    expect(items['flexible-medical']).to.include({ enrolmentDivision: '450103001001' })
    expect(items.contribution!.rows).to.deep.equal([
      { insurance: 'resident-pension', periodStart: '2026-01-01', periodEnd: '2026-12-31' },
      { insurance: 'flexible-medical', periodStart: '2026-04-01', periodEnd: '2026-04-30' }
    ])
  })

  it('takes 参保地 from the household in the region, else from the residence', () => {
    const placeOf = (places: Record<string, string>) => {
      const { items } = prefill(formContext, 'guangxi', { ...citizen, person: { ...citizen.person, ...places } }, ['flexible-medical', 'resident-medical'], production)
      return [items['flexible-medical']!.enrolmentDivision, items['resident-medical']!.communityDivision]
    }
    expect(placeOf({ householdDivision: '450203001002' })).to.deep.equal(['450203001002', '450203001002'])
    expect(placeOf({ householdDivision: '440305001001' })).to.deep.equal(['450103001001', '450103001001'])
  })

  it('declares what the person has already when nothing is registered with it', () => {
    const rows = (currentEnrolments?: string[]) => {
      const shared = { at: 0, records: { household: null, residence: null, licences: [], currentEnrolments: currentEnrolments ?? null } }
      const { items } = prefill(formContext, 'guangxi', citizen, ['contribution'], { ...production, shared })
      return (items.contribution!.rows as { insurance: string }[]).map(({ insurance }) => insurance)
    }
    expect(rows(['employee-medical'])).to.deep.equal(['flexible-medical'])
    expect(rows()).to.deep.equal(['resident-pension'])
  })

  it('says whose word each field is, and which it takes for final', () => {
    const at = Date.parse('2026-03-24T10:00:00+08:00')
    const { common, sources } = prefill(formContext, 'guangxi', { ...citizen, at }, ['flexible-medical'], {
      ...production,
      shared: {
        at, records: {
          household: { division: '450103002001', address: '星湖路1号' }, residence: { division: '450204001001', address: '潭中路2号' },
          currentEnrolments: [], licences: []
        }
      },
      last: { at, person: { mobile: '13900000000', postalCode: '530028', residenceAddress: '旧址', sub: 'unknown' } }
    })
    expect(common.person).to.include({
      householdDivision: '450103002001', householdAddress: '星湖路1号', residenceDivision: '450103001001', mobile: '13877100003', postalCode: '530028'
    })
    const of = (path: string) => sources.find(one => one.path === path)
    expect(of('/common/person/idNumber')).to.deep.equal({
      path: '/common/person/idNumber', source: 'identity', text: '统一身份认证', at: '2026-03-24T10:00:00.000+08:00', isReadOnly: true
    })
    expect(of('/common/person/sex')).to.include({ source: 'id-number', isReadOnly: true })
    expect(of('/common/person/householdDivision')).to.include({ source: 'data-sharing', text: '公共数据平台', isReadOnly: true })
    expect(of('/common/person/mobile')).to.include({ source: 'identity', isReadOnly: false })
    expect(of('/common/person/postalCode')).to.include({ source: 'last-application', isReadOnly: false })
    expect(of('/items/flexible-medical/enrolmentDivision')).to.include({ source: 'common-part', text: '申请表公共信息' })
    expect(sources.filter(({ source }) => source === 'example')).to.deep.equal([])
    expect(new Set(sources.map(({ path }) => path)).size).to.equal(sources.length)
  })

  it('names what only development makes up', () => {
    const { sources } = prefill(formContext, 'guangxi', citizen, [], development)
    expect(sources.find(({ path }) => path === '/common/person/postalCode')).to.include({ source: 'example', isReadOnly: false })
  })

  it('makes up no household or nationality for the holder of a residence permit', () => {
    const person = { name: '陈思源', idType: 'hmt-residence-permit', idNumber: '830000199201300022' }
    const { common, items } = prefill(formContext, 'guangxi', { person }, ['flexible-pension'], development)
    expect(common.person).to.include({ birthDate: '1992-01-30' }).and.not.to.have.any.keys('ethnicity', 'householdDivision')
    expect(checkForm(formContext, 'guangxi', { common, items }, ['flexible-pension'])).to.deep.equal([])
  })

  it('gives a month its last day', () => {
    const { items } = prefill(formContext, 'guangxi', citizen, ['flexible-pension', 'contribution'], { ...production, today: '2028-02-10' })
    expect(items.contribution!.rows).to.deep.equal([
      { insurance: 'flexible-pension', periodStart: '2028-02-01', periodEnd: '2028-02-29' }
    ])
  })
})

describe('prefill of the demo people', () => {
  const people = ['guangxi', 'ningxia'].flatMap(region => JSON.parse(readFileSync(`regions/${region}/people.json`, 'utf8')) as
    { account: string; person: NonNullable<PrefillProfile['person']> }[])
  // Ningxia excludes nothing.
  const everywhere = [
    { region: 'guangxi', selected: legal, letters: 'gx', numbers: [1, 2, 3, 4, 5, 6, 7, 8, 9] },
    { region: 'ningxia', selected: selectionsOf('ningxia'), letters: 'nx', numbers: [1, 2, 3, 4, 5] }
  ]

  it('sends a card that can only be mailed to the applicant, in production too', () => {
    const { person } = people.find(({ account }) => account === 'citizen-nx-3')!
    for (const options of [development, production]) {
      const { items } = prefill(formContext, 'ningxia', { person }, ['social-security-card', 'social-insurance'], options)
      expect(items['social-security-card']!.delivery).to.deep.equal({
        method: 'mail', recipient: person.name, mobile: person.mobile, address: person.residenceAddress
      })
      expect(items['social-insurance']!.delivery).to.deep.equal({ method: 'online' })
    }
  })

  for (const { region, selected, letters, numbers } of everywhere) {
    for (const number of numbers) {
      it(`citizen-${letters}-${number} passes every legal selection unchanged`, () => {
        const { person } = people.find(({ account }) => account === `citizen-${letters}-${number}`)!
        for (const matters of selected) {
          const content = prefill(formContext, region, { person }, matters, development)
          expect(normaliseContent(content)).to.deep.equal(content)
          expect(checkForm(formContext, region, content, matters, { channel: 'online' }), matters.join()).to.deep.equal([])
        }
      })
    }
  }
})
