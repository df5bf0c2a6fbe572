import { expect } from 'chai'
import { readFileSync } from 'node:fs'
import { bundle, noticesOf } from '../../server/services/forms/form-bundle.ts'
import type { FormPart, JsonSchema } from '../../server/services/forms/form-bundle.ts'
import { checkForm } from '../../server/services/forms/form-check.ts'
import { exampleContent, exampleOf, formContext } from './support.ts'

const forms = bundle('guangxi')
const region = formContext.regions.get('guangxi')

/** Every field schema below a schema, with its path. */
function* fieldsOf(schema: JsonSchema, path = ''): Generator<[string, JsonSchema]> {
  for (const [name, field] of Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>)) {
    yield [`${path}/${name}`, field]
    yield* fieldsOf(field, `${path}/${name}`)
  }
  if (schema.items) yield* fieldsOf({ properties: { '*': schema.items } }, path)
}

/** The fields to fill in: an object or list of objects that says itself why it is there stands for its members. */
function leavesOf(schema: JsonSchema): [string, JsonSchema][] {
  const fields = [...fieldsOf(schema)].filter(([path]) => !path.endsWith('*'))
  const within = (path: string, field: JsonSchema) => fields.some(([other, parent]) => other !== path && path.startsWith(`${other}/`) && parent['x-extra'])
    || (field['x-extra'] === undefined && fields.some(([other]) => other.startsWith(`${path}/`)))
  return fields.filter(([path, field]) => !within(path, field))
}

const optionsOf = (slug: string, ...path: string[]): string[] => {
  const field = path.reduce<JsonSchema>(
    (here, name) => (here.properties as Record<string, JsonSchema>)[name] ?? {}, forms.matters[slug]!.schema)
  const listed = (field.items as JsonSchema | undefined) ?? field
  return (listed.oneOf as { title: string }[]).map(({ title }) => title)
}

for (const place of formContext.regions.all()) describe(`forms of ${place.slug}`, () => {
  const { common, agent, matters } = bundle(place.slug)
  const partsHere: [string, FormPart][] = [['common', common], ['agent', agent], ...Object.entries(matters)]

  it('have a part for each matter of region.json', () => {
    expect(Object.keys(matters)).to.deep.equal(place.matters.map(({ slug }) => slug))
  })

  for (const [name, { schema, ui }] of partsHere) {
    describe(name, () => {
      it('is titled and described in Chinese, and refuses what is not on the form', () => {
        expect(schema.title).to.match(/\p{Script=Han}/u)
        expect(schema.description).to.match(/\p{Script=Han}/u)
        expect(schema.additionalProperties).to.equal(false)
      })

      it('names every field in Chinese and bounds every text and list', () => {
        for (const [path, field] of fieldsOf(schema)) {
          expect(field.title, path).to.match(/\p{Script=Han}/u)
          if (field.type === 'string') expect(field.maxLength, path).to.be.a('number')
          if (field.type === 'array') expect(field.maxItems, path).to.be.a('number')
          if (field.type === 'object') expect(field.additionalProperties, path).to.equal(false)
        }
      })

      it('holds no reference that a client would have to fetch', () => {
        expect(JSON.stringify(schema)).not.to.include('$ref')
      })

      it('orders each of its fields on the screen', () => {
        expect(ui['ui:order']).to.have.members(Object.keys(schema.properties as object))
      })
    })
  }

  for (const { slug } of place.matters) {
    it(`${slug}: the first example passes as it stands`, () => {
      expect(checkForm(formContext, place.slug, exampleContent([slug], place.slug), [slug])).to.deep.equal([])
    })
  }

  it('the example of an agent passes', () => {
    const { slug } = place.matters.at(1)!
    const content = { ...exampleContent([slug], place.slug), agent: exampleOf('agent', place.slug) }
    expect(checkForm(formContext, place.slug, content, [slug])).to.deep.equal([])
  })
})

describe('forms of Ningxia', () => {
  const { common, agent, matters } = bundle('ningxia')
  const notice = readFileSync(new URL('../../regions/ningxia/notice.txt', import.meta.url), 'utf8').replace(/\s+/g, '')

  it('are a proposal: every field says for what condition or interface it is there, and waits to be confirmed', () => {
    for (const part of [common, agent, ...Object.values(matters)]) {
      for (const [path, field] of leavesOf(part.schema)) expect(field['x-extra'], path).to.match(/^(附件|工作方案).+（待确认）$/)
    }
  })

  it('tell the conditions word for word', () => {
    const told = Object.values(matters).flatMap(part => noticesOf(part))
    expect(told).to.have.length(6)
    for (const text of told) expect(notice).to.include(text.replace(/\s+/g, ''))
  })
})

describe('options printed in 附件2', () => {
  it('sixteen pension tiers, no payment and the local tier', () => {
    const tiers = [...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 20, 30, 40, 50, 60].map(hundred => `${hundred}00元`)]
    expect(optionsOf('resident-pension', 'paymentTier')).to.deep.equal([...tiers, '个人不缴费', '统筹区增设档次'])
  })

  it('twelve special groups', () => {
    expect(optionsOf('resident-pension', 'specialGroups')).to.deep.equal([
      '脱贫人口', '返贫致贫人口', '重度残疾人', '低保残疾人', '特困人员', '低保对象', '村干部', '民办教师、代课人员',
      '计划生育人员', '库区移民', '被征地农民', '其他'
    ])
  })

  it('seventeen banks', () => {
    const banks = '工商银行 农业银行 中国银行 建设银行 交通银行 邮储银行 光大银行 民生银行 广发银行 招商银行 兴业银行 桂林银行 柳州银行 '
      + '北部湾银行 广西农商联合银行 中信银行 华夏银行'
    expect(optionsOf('social-security-card', 'bank')).to.deep.equal(banks.split(' '))
  })

  it('four reasons of an archive transfer and three kinds of medical insurance', () => {
    expect(optionsOf('archive-transfer', 'reason')).to.deep.equal(['毕业', '辞职/辞退', '解除/终止劳动关系', '其他'])
    expect(optionsOf('flexible-medical', 'insuranceTypes')).to.deep.equal(['职工基本医保', '大额费用统筹', '长期护理保险'])
    expect(optionsOf('flexible-medical', 'enrolmentMode')).to.deep.equal(['统账结合'])
  })

  it('every kind of document that the notice names, and the code lists of the person', () => {
    const vocabulary = JSON.parse(readFileSync(new URL('../../forms/vocabulary.schema.json', import.meta.url), 'utf8')) as { $defs: Record<string, JsonSchema> }
    const titles = (name: string) => (vocabulary.$defs[name]!.oneOf as { title: string }[]).map(({ title }) => title)
    expect(titles('idType')).to.deep.equal([
      '居民身份证', '港澳台居民居住证', '外国人永久居留身份证', '护照', '港澳居民来往内地通行证', '台湾居民来往大陆通行证', '社会保障卡', '居民户口簿',
      '临时身份证', '出入境证件', '其他有效身份证件'
    ])
    expect(['politicalStatus', 'maritalStatus', 'educationLevel', 'levyItem', 'changeItem'].map(name => titles(name).length)).to.deep.equal([13, 8, 11, 8, 9])
  })

  it('no telephone of 附件4 as an example: it is for staff', () => {
    const contacts = readFileSync(new URL('../../regions/guangxi/notice.txt', import.meta.url), 'utf8').split('工作有关部门联系表').at(-1)!
    const numbers = [...contacts.matchAll(/0771[-—](\d{7})|(1\d{10})/g)].map(([, fixed, mobile]) => fixed ?? mobile!)
    expect(numbers).to.have.length.above(8)
    const texts = JSON.stringify([forms, bundle('ningxia')])
    for (const number of numbers) expect(texts).not.to.contain(number)
  })

  it('fifty-six nationalities, then 其他 and 外国血统中国籍人士', () => {
    const person = (forms.common.schema.properties as Record<string, JsonSchema>).person!
    const { ethnicity } = person.properties as Record<string, JsonSchema>
    const codes = (ethnicity!.oneOf as { const: string }[]).map(option => option.const)
    expect(codes).to.deep.equal([...Array.from({ length: 56 }, (_, index) => String(index + 1).padStart(2, '0')), '97', '98'])
  })

  it('contribution rows name exactly the insurances of the region, and its exclusive pairs', () => {
    const rows = (forms.matters.contribution!.schema.properties as Record<string, JsonSchema>).rows!
    const { insurance } = (rows.items as JsonSchema).properties as Record<string, JsonSchema>
    const slugs = (insurance!.oneOf as { const: string; title: string }[]).map(option => [option.const, option.title])
    expect(slugs).to.deep.equal(region.insurances.map(({ slug, title }) => [slug, title]))
    expect((rows['x-exclusive-rows'] as { pairs: string[][] }).pairs).to.deep.equal([
      ['resident-pension', 'flexible-pension'], ['resident-medical', 'flexible-medical']
    ])
  })
})

describe('texts of 附件2', () => {
  const squeeze = (text: string) => text.replace(/\s+/g, '')
  const notice = squeeze(readFileSync(new URL('../../regions/guangxi/notice.txt', import.meta.url), 'utf8'))

  for (const [slug, part] of Object.entries(forms.matters)) {
    it(`${slug}: every 业务办理须知 stands word for word in the notice`, () => {
      for (const text of noticesOf(part)) expect(notice).to.include(squeeze(text))
    })
  }

  it('the matters with a 须知 are those of the notice', () => {
    const withNotices = Object.entries(forms.matters).filter(([, part]) => noticesOf(part).length).map(([slug]) => slug)
    expect(withNotices).to.deep.equal([
      'flexible-pension', 'resident-medical', 'resident-medical-change', 'flexible-medical', 'flexible-medical-change',
      'contribution'
    ])
  })

  it('declaration and 选办说明 stand word for word in the notice', () => {
    const { declaration, selectionNotes } = forms.common.ui as { declaration: string; selectionNotes: string[] }
    expect(selectionNotes).to.have.length(4)
    for (const text of [declaration, ...selectionNotes]) expect(notice).to.include(squeeze(text))
  })
})
