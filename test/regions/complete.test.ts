import { expect } from 'chai'
import { XMLParser } from 'fast-xml-parser'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { Region } from '../../core/region.ts'

// Reads every room by its folder listing: a matter that is present in one room and missing in another is red.
const root = new URL('../../', import.meta.url)
const exists = (path: string) => existsSync(new URL(path, root))
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')
const list = (folder: string) => exists(folder) ? readdirSync(new URL(folder, root)) : []
const folders = (folder: string) => readdirSync(new URL(folder, root), { withFileTypes: true })
  .filter(entry => entry.isDirectory()).map(entry => entry.name)

/** Where a matter shows itself: the folder, and the ending of its file there ('' = a folder of its own). */
const rooms = (region: string): [string, string][] => [
  [`processes/${region}`, '.bpmn'],
  [`forms/${region}`, '.schema.json'],
  [`forms/${region}`, '.ui.json'],
  [`workers/${region}`, '.ts'],
  [`regions/${region}/guide`, '.md'],
  [`regions/${region}/fixtures`, '']
]
// Parts of a room that belong to no matter.
const SHARED = new Set(['enrolment', 'common', 'agent', 'README'])

const slugsIn = (folder: string, ending: string) => [...new Set(list(folder)
  .filter(name => name.endsWith(ending)).map(name => name.replace(/\..*$/, '')).filter(slug => !SHARED.has(slug)))]

for (const name of folders('regions/')) {
  const region = JSON.parse(read(`regions/${name}/region.json`)) as Region
  const listed = region.matters.map(({ slug }) => slug)

  describe(`region ${name} is complete`, () => {
    for (const [folder, ending] of rooms(name)) {
      it(`${folder}/*${ending} are the matters of region.json`, () => {
        expect(slugsIn(folder, ending)).to.have.members(listed)
      })
    }

    for (const slug of listed) {
      it(`${slug} has an accepted and a refused fixture, at least three in all`, () => {
        const files = list(`regions/${name}/fixtures/${slug}`)
        expect(files).to.have.length.at.least(3)
        expect(files.some(file => file.startsWith('ok-')), 'ok-').to.equal(true)
        expect(files.some(file => file.startsWith('refused-')), 'refused-').to.equal(true)
      })
    }

    it('has the papers that belong to no matter', () => {
      for (const path of [`regions/${name}/steps.json`, `regions/${name}/notice.txt`, `processes/${name}/enrolment.bpmn`,
        `forms/${name}/common.schema.json`, `forms/${name}/common.ui.json`, `forms/${name}/agent.schema.json`,
        `forms/${name}/agent.ui.json`, `regions/${name}/guide/README.md`]) {
        expect(exists(path), path).to.equal(true)
      }
    })

    it('region.json agrees with itself', () => {
      expect(region.slug).to.equal(name)
      const departments = region.departments.map(({ slug }) => slug)
      for (const { department } of [...region.matters, ...region.insurances]) expect(departments).to.include(department)
      for (const { slug } of region.insurances) expect(listed).to.include(slug)
      expect(region.divisions.map(({ code }) => code)).to.include(region.homeDivision)
      for (const [index, { no }] of region.matters.entries()) expect(no).to.equal(String(index + 1).padStart(2, '0'))
      for (const codes of [region.divisions.map(({ code }) => code), region.reasonCodes.map(({ code }) => code), listed]) {
        expect(new Set(codes).size).to.equal(codes.length)
      }
    })

    it('enrolment.bpmn calls each matter once, and the declaration once for each insurance', () => {
      const called = [...read(`processes/${name}/enrolment.bpmn`).matchAll(/<(?:\w+:)?callActivity\b[^>]*\bcalledElement="([^"]+)"/g)]
        .map(([, process]) => process)
      const expected = region.matters.flatMap(({ slug, hasRows }) =>
        Array<string>(hasRows ? region.insurances.length : 1).fill(`${name}-${slug}`))
      expect(called).to.have.members(expected)
    })

    it('deadlines.dmn has one rule for each matter and channel, and none for others', () => {
      // An empty cell of a decision table stands for every value.
      const channels = ['online', 'window', 'platform']
      const pairs = (slugs: string[], some: string[]) => slugs.flatMap(slug => some.map(channel => `${slug} ${channel}`))
      const rules = rulesOf(`processes/${name}/deadlines.dmn`).flatMap(({ inputs: [slugs = [], some = []] }) =>
        pairs(slugs.length ? slugs : listed, some.length ? some : channels))
      const expected = pairs(listed, channels)
      expect(rules).to.have.members(expected)
    })

    for (const file of list(`processes/${name}`).filter(one => one.endsWith('.dmn'))) {
      it(`${file}: each rule has an id of its own, a rule id and a clause, and names no unknown matter`, () => {
        const rules = rulesOf(`processes/${name}/${file}`)
        expect(new Set(rules.map(({ id }) => id)).size).to.equal(rules.length)
        for (const { id, matters, outputs } of rules) {
          expect(outputs.ruleId, id).to.match(/\S/)
          expect(outputs.clause, id).to.match(/\p{Script=Han}/u)
          for (const slug of matters) expect(listed, id).to.include(slug)
        }
      })
    }
  })
}

interface Rule { id: string; inputs: string[][]; matters: string[]; outputs: Record<string, string> }
interface Entry { text?: string | number }
interface Table {
  input: { inputExpression: Entry }[]
  output: { '@name': string }[]
  rule?: { '@id': string; inputEntry: Entry[]; outputEntry: Entry[] }[]
}

/** The rules of all tables of a DMN file: the quoted values of each input cell, and the outputs by name. */
function rulesOf(path: string): Rule[] {
  const isArray = (tag: string) => ['decision', 'input', 'output', 'rule', 'inputEntry', 'outputEntry'].includes(tag)
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', isArray, removeNSPrefix: true, parseTagValue: false })
  const { definitions } = parser.parse(read(path)) as { definitions: { decision: { decisionTable: Table }[] } }
  return definitions.decision.flatMap(({ decisionTable: table }) => (table.rule ?? []).map(rule => {
    const inputs = rule.inputEntry.map(cell => quoted(cell.text))
    const matterColumns = table.input.flatMap(({ inputExpression }, index) => inputExpression.text === 'matter' ? [index] : [])
    const outputs = table.output.map((output, index) => [output['@name'], String(rule.outputEntry[index]?.text ?? '')] as const)
    return { id: rule['@id'], inputs, matters: matterColumns.flatMap(index => inputs[index] ?? []), outputs: Object.fromEntries(outputs) }
  }))
}

const quoted = (text: unknown) => [...String(text ?? '').matchAll(/"([^"]*)"/g)].map(([, value]) => value!)
