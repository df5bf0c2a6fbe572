import { expect } from 'chai'
import { commonFindings } from '../../server/lint/common-rules.ts'
import { expressionsOf, topicsOf } from '../../server/lint/diagram.ts'
import type { Diagram } from '../../server/lint/diagram.ts'
import { lintModel } from '../../server/lint/index.ts'
import { rules } from '../../server/lint/rules/index.ts'
import { contextOf, readDiagrams, readFile, regionsWithDiagrams } from './bpmn-model.ts'

for (const region of regionsWithDiagrams()) {
  describe(`the diagrams of ${region}`, () => {
    let models: Diagram[]
    before(async () => { models = await readDiagrams(region) })

    it('are one for each matter, and the umbrella', () => {
      expect(models.map(({ slug }) => slug)).to.have.members(['enrolment', ...models[0]!.region.matters.map(({ slug }) => slug)])
    })

    for (const [name, rule] of Object.entries(rules)) {
      it(`keep the rule: ${name}`, () => {
        expect(models.flatMap(model => rule(model).map(({ message }) => `${model.slug}: ${message}`))).to.deep.equal([])
      })
    }

    it('are clean for bpmnlint', async () => {
      const findings = await Promise.all(models.map(async model => (await commonFindings(model)).map(({ message }) => `${model.slug}: ${message}`)))
      expect(findings.flat()).to.deep.equal([])
    })

    it('and its tables pass everything that a release has to pass', async () => {
      for (const { slug, xml } of models) expect(await lintModel('process', contextOf(region, slug), xml), slug).to.deep.equal([])
      for (const key of contextOf(region, 'enrolment').decisions) {
        const slug = key.slice(region.length + 1)
        expect(await lintModel('decision', contextOf(region, slug), readFile(`processes/${region}/${slug}.dmn`)), key).to.deep.equal([])
      }
    })

    it('have the topics and the values that their README tells, and no others', () => {
      const text = readFile(`processes/${region}/README.md`)
      const told = [...text.matchAll(/`((?:common|[a-z]+)\.[^`]+)`/g)].flatMap(([, topic]) => expand(topic!))
        .filter(topic => topic.startsWith('common.') || topic.startsWith(`${region}.`))
      expect([...new Set(models.flatMap(topicsOf))].sort()).to.deep.equal([...new Set(told)].sort())

      const values = new Map([...text.matchAll(/`(\w+)` = ([^`|\n]*)/g)].map(([, name, list]) => [name!, list!]))
      const compared = models.flatMap(expressionsOf).flatMap(one => [...one.matchAll(/(\w+) [!=]= '([^']+)'/g)])
        .filter(([, name]) => !/^(decision|route|outcome\w*)$/.test(name!))
      expect(compared).to.not.be.empty
      for (const [, name, value] of compared) expect(values.get(name!) ?? '', name).to.match(new RegExp(`\\b${value}\\b`))
    })
  })
}

/** `a.{b, c}.d` → `a.b.d`, `a.c.d`. */
function expand(topic: string): string[] {
  const [, head, list, tail] = /^(.*)\{(.*)\}(.*)$/.exec(topic) ?? []
  return list === undefined ? [topic] : list.split(', ').map(one => `${head}${one}${tail}`)
}
