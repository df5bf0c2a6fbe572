import { existsSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import { clauseMapPage, rulesOfRegion } from '../../scripts/generate/clause-map.ts'
import { regionOf, regionsWith } from '../../scripts/generate/regions.ts'
import { carries, plain, readClauses } from '../../server/services/guide/clauses.ts'
import type { Carrier, Clause, ClauseList } from '../../server/services/guide/clauses.ts'
import { tableRules } from '../../server/services/guide/table-rules.ts'
import type { TableRule } from '../../server/services/guide/table-rules.ts'

/** What is wrong with a carrier; empty when it stands where it is said to. */
function faultsOf({ at, how, value, noRulesFor }: Carrier): string[] {
  const [path = '', place] = at.split('#')
  if (how.length < 2) return [`${at} does not say how`]
  if (!existsSync(path)) return [`${at}: no such file`]
  const text = readFileSync(path, 'utf8')
  if (noRulesFor !== undefined && tableRules(text).some(({ outputs }) => outputs.matter === noRulesFor)) return [`${at} has rules for ${noRulesFor}`]
  if (place === undefined) return []
  if (path.endsWith('.bpmn')) return text.includes(` id="${place}"`) ? [] : [`${at}: no such element`]
  const found = place.split('/').slice(1).reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], JSON.parse(text))
  return found === undefined || (value !== undefined && found !== value) ? [`${at}: ${JSON.stringify(found)}`] : []
}

/** A text that is shown and confirmed tells a demand, it does not carry it out; for what only informs (程序) that is enough. */
const isMerelyShown = ({ at }: Carrier): boolean => /\.ui\.json#\/notices\//.test(at)

/** Clauses that nothing carries out, and rules that no clause asks for. */
function gaps(clauses: readonly Clause[], rules: readonly TableRule[]): string[] {
  const isCarried = (clause: Clause) =>
    clause.carriedBy?.some(carrier => clause.kind === 'procedure' || !isMerelyShown(carrier)) || rules.some(rule => carries(rule, clause))
  return [
    ...clauses.filter(clause => !isCarried(clause)).map(({ id, text }) => `${id} ${text}`),
    ...rules.filter(rule => !clauses.some(clause => carries(rule, clause))).map(({ id }) => id)
  ]
}

/** What the notice says in its clauses' part beyond the listed ones: titles of matters, numbers and punctuation left out. */
function unlisted(region: string, { notice, from, until, clauses }: ClauseList): string[] {
  const words = plain(readFileSync(notice, 'utf8'))
  const part = from && until ? words.slice(words.indexOf(plain(from)), words.lastIndexOf(plain(until))) : ''
  const titles = regionOf(region).matters.flatMap(({ title }) => title)
  const known = [...clauses.map(({ text }) => text), ...titles].map(plain).sort((a, b) => b.length - a.length)
  const rest = known.reduce((left, text) => left.replaceAll(text, '\n'), part).replace(/（对应事项为：?“[^”]*”）/g, '\n')
  return [...new Set(rest.split(/[\n、，。；：→（）“”]|\d．|\d\./).filter(text => text.length > 1))]
}

for (const region of regionsWith('clauses.json')) {
  describe(`clauses of ${region}`, () => {
    const list = readClauses('.', region)
    const { notice, clauses, otherActs } = list
    const words = plain(readFileSync(notice, 'utf8'))
    const rules = rulesOfRegion(region)
    const ruleIds = rules.map(({ id }) => id)

    it('stand in the notice, word for word', () => {
      for (const { id, text } of clauses) expect(words.includes(plain(text)), `${id} ${text}`).to.equal(true)
    })

    it('are all that the notice demands', () => {
      expect(unlisted(region, list)).to.have.members([...list.between ?? []])
    })

    it('are about matters of the region', () => {
      const slugs = ['*', ...regionOf(region).matters.map(({ slug }) => slug)]
      for (const { matters } of clauses) expect(slugs).to.include.members([...matters])
    })

    it('have a carrier each, and no rule is without a clause', () => {
      expect(gaps(clauses, rules)).to.deep.equal([])
    })

    it('name carriers that exist', () => {
      expect([...clauses, ...otherActs].flatMap(({ carriedBy = [] }) => carriedBy.flatMap(faultsOf))).to.deep.equal([])
      expect(ruleIds).to.include.members([...clauses, ...otherActs].flatMap(({ rules: named = [] }) => [...named]))
      for (const { act, rules: named, carriedBy } of otherActs) expect(named.length + carriedBy.length, act).to.be.above(0)
    })

    it('are all on the page, with the rules', () => {
      const page = clauseMapPage()
      for (const { id } of [...clauses, ...rules]) expect(page).to.contain(id)
    })
  })
}

describe('the clause map of Guangxi', () => {
  const { clauses } = readClauses('.', 'guangxi')
  const rules = rulesOfRegion('guangxi')

  it('is red for a clause without a rule, a rule without a clause, and a demand that is not listed', () => {
    const lost = 'deadline-social-security-card'
    expect(gaps(clauses, rules.filter(({ id }) => id !== lost))).to.deep.equal(['六（二）4 社会保障卡（含电子社保卡）申领（5个工作日）'])
    expect(gaps(clauses.filter(({ id }) => id !== '六（二）4'), rules)).to.deep.equal([lost])
    const withoutJanuary = rules.filter(({ id }) => !id.startsWith('contribution-large-medical'))
    expect(gaps(clauses, withoutJanuary), 'shown as a notice alone').to.deep.equal([
      '申请表 灵活就业人员医疗保险参保登记业务办理须知1 大额医疗费用统筹须每年1月底前缴纳'
    ])
    const list = readClauses('.', 'guangxi')
    expect(unlisted('guangxi', { ...list, clauses: clauses.filter(({ id }) => id !== '四（一）5') }))
      .to.include('从未提交过社会保障卡制卡申请的灵活就业人员')
    const invented = { id: 'invented', outputs: { matter: 'contribution', clause: '办事指南四（一）6：“须先缴清欠费”' } }
    expect(gaps(clauses, [...rules, invented])).to.deep.equal(['invented'])
  })

  it('holds every demand of 四（一）, 五, 六（二） and every notice of the form', () => {
    const ids = new Set(clauses.map(({ id }) => id))
    const { matters } = regionOf('guangxi')
    for (const { title } of matters) expect(ids).to.include(`五 ${title}`)
    for (const { no } of matters) expect(ids).to.include(`六（二）${Number(no)}`)
    for (const place of ['1', '2（1）', '2（2）', '3（1）', '3（2）', '3注意', '4（1）', '4（2）', '4（3）', '4注意', '5', '6']) {
      expect(ids).to.include(`四（一）${place}`)
    }
    for (const { slug, title } of matters) {
      const { notices } = JSON.parse(readFileSync(`forms/guangxi/${slug}.ui.json`, 'utf8')) as { notices: string[] }
      for (const [index] of notices.entries()) {
        expect(ids).to.include(`申请表 ${title}业务办理须知${notices.length > 1 ? index + 1 : ''}`)
      }
    }
  })
})
