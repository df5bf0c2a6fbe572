import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { readFormFields, schemaFields, uiText } from '../../scripts/generate/form-fields.ts'
import type { FormEntry, FormFields, SchemaField } from '../../scripts/generate/form-fields.ts'
import { formMapPage } from '../../scripts/generate/form-map.ts'
import { regionOf, regionsWith } from '../../scripts/generate/regions.ts'
import { plain } from '../../server/services/guide/clauses.ts'

/** The printed form without blanks. */
function printOf({ notice, from, until }: FormFields): string {
  const text = plain(readFileSync(notice, 'utf8'))
  return text.slice(text.lastIndexOf(plain(from)), text.lastIndexOf(plain(until)))
}

const entriesOf = ({ sections }: FormFields): FormEntry[] => sections.flatMap(({ entries }) => entries)

/** What is printed and is in no entry. */
function missing(form: FormFields): string[] {
  const known = [...form.sections.map(({ title }) => title), ...form.headings, form.from,
    ...entriesOf(form).flatMap(({ label, printed = '' }) => [label, printed])]
  const longestFirst = [...new Set(known.map(plain))].filter(Boolean).sort((a, b) => b.length - a.length)
  const rest = longestFirst.reduce((print, words) => print.replaceAll(words, '\n'), printOf(form))
  return rest.split(/[\n，。；：]+/).filter(Boolean)
}

/** Entries that lead nowhere: no such field, no such value, no such words. */
function astray(region: string, form: FormFields, fields: readonly SchemaField[]): string[] {
  const byPath = new Map(fields.map(field => [field.path, field]))
  const slugs = regionOf(region).matters.map(({ slug }) => slug)
  return entriesOf(form).filter(({ kind, label, path, values = [], matter, filledAt }) => {
    if (matter !== undefined) return !slugs.includes(matter)
    if (path === undefined) return !filledAt
    if (kind === 'note') return plain(String(uiText(region, path))) !== plain(label)
    const field = byPath.get(path)
    return !field || !values.every(value => field.values.includes(value)) || (kind === 'option' && values.length === 0)
  }).map(({ label }) => label)
}

/** Fields, and values of fields whose options are printed, that the printed form does not know. */
function beyond(form: FormFields, fields: readonly SchemaField[]): string[] {
  const entries = entriesOf(form)
  return fields.flatMap(({ path, values, extra }) => {
    const own = entries.filter(entry => entry.path === path)
    if (extra !== undefined) return /^附件[12] \S/.test(extra) ? [] : [`${path}: ${extra}`]
    if (own.length === 0) return [path]
    const listed = own.flatMap(entry => entry.values ?? [])
    return listed.length === 0 ? [] : values.filter(value => !listed.includes(value)).map(value => `${path} = ${value}`)
  })
}

for (const region of regionsWith('form-fields.json')) {
  describe(`the printed form of ${region}`, () => {
    const form = readFormFields(region)
    const fields = schemaFields(region)

    it('prints every label, heading and section of the list', () => {
      const print = printOf(form)
      const words = [...entriesOf(form).flatMap(({ label, printed = label }) => [label, printed]), ...form.headings,
        ...form.sections.map(({ title }) => title)]
      for (const label of words) expect(print.includes(plain(label)), label).to.equal(true)
    })

    it('holds nothing that the list leaves out', () => expect(missing(form)).to.deep.equal([]))

    it('is filled in where the list says', () => expect(astray(region, form, fields)).to.deep.equal([]))

    it('has every field of the schemas, or the field names the clause that asks for it', () => {
      expect(beyond(form, fields)).to.deep.equal([])
    })

    it('is on the page, entry by entry', () => {
      const page = formMapPage()
      for (const { path, matter } of entriesOf(form)) expect(page).to.contain(path ?? matter ?? '')
    })
  })
}

describe('the form map of Guangxi', () => {
  const form = readFormFields('guangxi')
  const fields = schemaFields('guangxi')
  const without = (path: string): FormFields => ({ ...form,
    sections: form.sections.map(section => ({ ...section, entries: section.entries.filter(entry => entry.path !== path) })) })

  it('is red for a field that is left out of the list, and for one that is added to or taken from the schemas', () => {
    const path = 'archive-transfer#/nativePlace'
    expect(missing(without(path))).to.deep.equal(['籍贯'])
    expect(beyond(without(path), fields)).to.deep.equal([path])
    expect(beyond(form, [...fields, { path: 'contribution#/invented', title: '', values: [] }])).to.deep.equal(['contribution#/invented'])
    expect(astray('guangxi', form, fields.filter(field => field.path !== path))).to.deep.equal(['籍贯'])
  })

  it('is red for an option more or less', () => {
    const change = (values: (all: readonly (string | boolean)[]) => (string | boolean)[]) =>
      fields.map(field => field.path === 'social-security-card#/bank' ? { ...field, values: values(field.values) } : field)
    expect(beyond(form, change(all => [...all, 'spdb']))).to.deep.equal(['social-security-card#/bank = spdb'])
    expect(astray('guangxi', form, change(all => all.filter(value => value !== 'hxb')))).to.deep.equal(['□华夏银行'])
  })

  it('knows the counts of the notice: 17 banks, 18 ways to pay, 12 groups, 9 matters', () => {
    const options = (path: string) => entriesOf(form).filter(entry => entry.kind === 'option' && entry.path === path).length
    expect([options('social-security-card#/bank'), options('resident-pension#/paymentTier'), options('resident-pension#/specialGroups')])
      .to.deep.equal([17, 18, 12])
    expect(entriesOf(form).filter(({ matter }) => matter !== undefined)).to.have.length(9)
  })
})
