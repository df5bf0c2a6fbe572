import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { impersonalFacts } from '../../core/facts.ts'
import type { Region } from '../../core/region.ts'
import { checkModel } from '../../server/engine/model-gate.ts'
import { CONTRIBUTION_INPUTS } from '../../server/services/policy/contribution-advice.ts'
import { createRegionCatalogue } from '../../server/regions/catalogue.ts'
import { cellValues, readTable } from '../../server/lint/dmn-table.ts'

const CHINESE_SENTENCE = /[\u4e00-\u9fff].*。$/
const regions = readdirSync('processes', { withFileTypes: true }).filter(entry => entry.isDirectory()).map(({ name }) => name)

/** Quotation marks inside a quotation are turned once, and the notice breaks its lines anywhere. */
const plain = (text: string) => text.replace(/\s+/g, '').replaceAll('‘', '“').replaceAll('’', '”')

for (const slug of regions) {
  const folder = join('processes', slug)
  const files = readdirSync(folder).filter(name => name.endsWith('.dmn'))
  if (files.length === 0) continue
  describe(`decision tables of ${slug}`, () => {
    const region = JSON.parse(readFileSync(join('regions', slug, 'region.json'), 'utf8')) as Region
    const slugs = region.matters.map(matter => matter.slug)
    const tables = files.map(file => ({ file, name: file.replace('.dmn', ''), ...readTable(readFileSync(join(folder, file), 'utf8')) }))
    const all = tables.flatMap(({ file, rules, outputs }) => rules.map(rule => ({ file, rule, columns: outputs.map(({ name }) => name) })))

    it('are called by region and file, are drawn, and keep no history for ever', () => {
      for (const { name, id, historyTimeToLive, drawn } of tables) {
        expect(id).to.equal(`${slug}-${name}`)
        expect(drawn).to.equal(id)
        expect(historyTimeToLive).to.equal('P3650D')
      }
    })

    it('give each rule one name, in the table and in its output, and a description', () => {
      expect(new Set(all.map(({ rule }) => rule.id)).size).to.equal(all.length)
      for (const { rule } of all) {
        expect(rule.then.ruleId).to.equal(rule.id)
        expect(rule.description, rule.id).to.match(/[\u4e00-\u9fff]/)
      }
    })

    it('rest each rule on words that stand in the notice', () => {
      const path = join('regions', slug, 'notice.txt')
      expect(existsSync(path)).to.equal(true)
      const notice = plain(readFileSync(path, 'utf8'))
      for (const { rule } of all) {
        const quoted = /^(办事指南|实施方案|工作方案|申请表|附件)[^“]*：“(.+)”$/.exec(rule.then.clause ?? '')
        expect(quoted, `${rule.id}: ${rule.then.clause}`).to.not.equal(null)
        expect(notice.includes(plain(quoted![2]!)), `${rule.id}: ${quoted![2]}`).to.equal(true)
      }
    })

    it('speak to people in Chinese sentences', () => {
      for (const { rule, columns } of all) if (columns.includes('message')) expect(rule.then.message, rule.id).to.match(CHINESE_SENTENCE)
    })

    it('use in a cell only the values that its column declares, and matters that the region has', () => {
      for (const { inputs, outputs, rules } of tables) {
        for (const column of [...inputs, ...outputs].filter(({ name }) => /^matter/.test(name))) {
          expect([...slugs, '*']).to.include.members([...column.values])
        }
        for (const rule of rules) {
          for (const { name, values } of inputs) if (values.length) expect(values, `${rule.id} ${name}`).to.include.members(cellValues(rule.when[name]!))
          for (const { name, values } of outputs) if (values.length) expect(values, `${rule.id} ${name}`).to.include(rule.then[name])
        }
      }
    })

    it('see nothing but impersonal facts, what was chosen, and how a check ended', () => {
      const known = new Set([
        ...Object.keys(impersonalFacts({}, '2026-01-01', region)), ...Object.keys(createRegionCatalogue().situation(slug)),
        ...CONTRIBUTION_INPUTS, 'matter', 'channel', 'registersInsurance', 'verification', 'materialsState', 'archiveSituation'
      ])
      for (const { inputs } of tables) for (const { name } of inputs) expect(known.has(name) || /^sel[A-Z]/.test(name), name).to.equal(true)
    })

    it('pass the gate that every model has to pass', () => {
      for (const file of files) expect(checkModel(file, readFileSync(join(folder, file), 'utf8'))).to.deep.equal([])
    })

    it('promise a time for every matter', () => {
      const promised = tables.find(({ name }) => name === 'deadlines')!.rules.flatMap(rule => cellValues(rule.when.matter!))
      expect([...new Set(promised)]).to.have.members(slugs)
    })
  })
}

describe('the exclusions of Guangxi', () => {
  it('are four rules and no more', () => {
    const { rules } = readTable(readFileSync('processes/guangxi/exclusivity.dmn', 'utf8'))
    expect(rules.map(({ then }) => [then.matterA, then.matterB])).to.deep.equal([
      ['resident-pension', 'flexible-pension'], ['resident-medical', 'flexible-medical'],
      ['resident-medical', 'resident-medical-change'], ['flexible-medical', 'flexible-medical-change']
    ])
  })
})
