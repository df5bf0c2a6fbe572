import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { impersonalFacts } from '../../core/facts.ts'
import type { RawFacts } from '../../core/facts.ts'
import type { Region } from '../../core/region.ts'
import { readClauses } from '../../server/services/guide/clauses.ts'
import type { Questionnaire } from '../../server/services/policy/questionnaire.ts'

const read = <T>(path: string) => JSON.parse(readFileSync(path, 'utf8')) as T

for (const slug of readdirSync('regions').filter(name => existsSync(join('regions', name, 'questionnaire.json')))) {
  describe(`questionnaire of ${slug}`, () => {
    const region = read<Region>(join('regions', slug, 'region.json'))
    const { questions } = read<Questionnaire>(join('regions', slug, 'questionnaire.json'))
    const options = questions.flatMap(question => question.options.map(option => ({ question, option })))

    it('asks each question once, and each option tells something', () => {
      expect(new Set(questions.map(({ id }) => id)).size).to.equal(questions.length)
      for (const { question, option } of options) {
        expect(Object.keys(option.facts ?? {}).length + (option.matters ?? []).length, `${question.id} ${option.value}`).to.be.above(0)
      }
      for (const { id, options: list } of questions) expect(new Set(list.map(({ value }) => value)).size, id).to.equal(list.length)
    })

    it('gives only facts that the rules know, and matters of the region', () => {
      const nothing = impersonalFacts({}, '2026-01-01', region)
      for (const { question, option: { value, facts, matters = [] } } of options) {
        expect(region.matters.map(matter => matter.slug)).to.include.members([...matters])
        for (const [name, given] of Object.entries(facts ?? {})) {
          const seen = impersonalFacts({ [name]: given } as RawFacts, '2026-01-01', region)
          expect(seen, `${question.id} ${value}: ${name} says nothing to the rules`).to.not.deep.equal(nothing)
        }
      }
    })

    it('rests each question on a place of the notice', () => {
      const places = readClauses('.', slug).clauses.map(({ id }) => id)
      const notice = readFileSync(join('regions', slug, 'notice.txt'), 'utf8')
      for (const { id, basis } of questions) {
        expect(places.some(place => place.startsWith(basis)) || notice.includes(basis.replace('实施方案', '')), `${id}: ${basis}`).to.equal(true)
      }
    })
  })
}
