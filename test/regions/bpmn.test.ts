import { expect } from 'chai'
import { Linter } from 'bpmnlint'
import NodeResolver from 'bpmnlint/lib/resolver/node-resolver.js'
import { expressions, readDiagram, readDiagrams, readFile, regionsWithDiagrams, topics } from './bpmn-model.ts'
import type { Model } from './bpmn-model.ts'
import { RULES } from './bpmn-rules.ts'

/** The linter's recommended set; the umbrella alone may fork inclusively (any selection of matters), by a warning. */
async function lint({ slug, definitions }: Model): Promise<string[]> {
  const linter = new Linter({ config: { extends: 'bpmnlint:recommended' }, resolver: new NodeResolver() })
  const report = await linter.lint(definitions)
  return Object.entries(report).filter(([rule]) => !(slug === 'enrolment' && rule === 'no-inclusive-gateway'))
    .flatMap(([rule, findings]) => findings.map(({ id, message }) => `${rule}: ${id} ${message}`))
}

for (const region of regionsWithDiagrams()) {
  describe(`the diagrams of ${region}`, () => {
    let models: Model[]
    before(async () => { models = await readDiagrams(region) })

    it('are one for each matter, and the umbrella', () => {
      expect(models.map(({ slug }) => slug)).to.have.members(['enrolment', ...models[0]!.region.matters.map(({ slug }) => slug)])
    })

    for (const [name, rule] of Object.entries(RULES)) {
      it(`keep the rule: ${name}`, () => {
        expect(models.flatMap(model => rule(model).map(finding => `${model.slug}: ${finding}`))).to.deep.equal([])
      })
    }

    it('are clean for bpmnlint', async () => {
      const findings = await Promise.all(models.map(async model => (await lint(model)).map(finding => `${model.slug}: ${finding}`)))
      expect(findings.flat()).to.deep.equal([])
    })

    it('have the topics and the values that their README tells, and no others', () => {
      const text = readFile(`processes/${region}/README.md`)
      const told = [...text.matchAll(/`((?:common|[a-z]+)\.[^`]+)`/g)].flatMap(([, topic]) => expand(topic!))
        .filter(topic => topic.startsWith('common.') || topic.startsWith(`${region}.`))
      expect([...new Set(models.flatMap(topics))].sort()).to.deep.equal([...new Set(told)].sort())

      const values = new Map([...text.matchAll(/`(\w+)` = ([^`|\n]*)/g)].map(([, name, list]) => [name!, list!]))
      const compared = models.flatMap(expressions).flatMap(one => [...one.matchAll(/(\w+) [!=]= '([^']+)'/g)])
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

describe('the rules for diagrams', () => {
  const MISTAKES: readonly (readonly [rule: string, diagram: string, right: string | RegExp, wrong: string])[] = [
    ['identity', 'flexible-pension', 'id="guangxi-flexible-pension"', 'id="guangxi-other"'],
    ['ids', 'flexible-pension', /Task_VerifyPerson/g, 'Activity_1x2y3z'],
    ['names', 'flexible-pension', 'name="人工审核参保登记"', 'name="Review"'],
    ['clauses', 'flexible-pension', /<bpmn:documentation>在人社部门.*?<\/bpmn:documentation>/, ''],
    ['drawing', 'flexible-pension', /<bpmndi:BPMNShape id="Task_Review_di"[^]*?<\/bpmndi:BPMNShape>/, ''],
    ['labels', 'flexible-medical', /(bpmnElement="Gateway_Route"[^]*?<bpmndi:BPMNLabel>)\s*<dc:Bounds [^>]*>/, '$1<dc:Bounds x="0" y="0" width="9999" height="9999"/>'],
    ['code', 'flexible-pension', 'camunda:type="external" camunda:topic="guangxi.flexible-pension.verify"', 'camunda:class="a.B"'],
    ['expressions', 'flexible-pension', '${route == \'auto\'}', '${execution.getVariable(\'route\')}'],
    ['steps', 'flexible-pension', 'guangxi.flexible-pension.verify', 'guangxi.resident-pension.verify'],
    ['steps', 'flexible-pension', 'guangxi-review', 'guangxi-revue'],
    ['errors', 'flexible-pension', 'id="ErrorEventDefinition_CorrectionRequested" errorRef="Error_NeedsCorrection"', 'id="ErrorEventDefinition_CorrectionRequested"'],
    ['people', 'flexible-pension', 'approve=通过,', ''],
    ['people', 'flexible-pension', 'camunda:candidateGroups="${reviewGroup}"', ''],
    ['timers', 'contribution', '${paymentDeadline}', '${paymentDate}'],
    ['legal clock', 'flexible-pension', 'cancelActivity="false"', 'cancelActivity="true"'],
    ['umbrella', 'enrolment', '<camunda:in businessKey="${archiveTransferItemId}"/>', ''],
    ['umbrella', 'enrolment', 'camunda:asyncAfter="true"', '']
  ]
  for (const [rule, diagram, right, wrong] of MISTAKES) {
    it(`${rule}: report ${wrong || 'what is missing'} instead of ${String(right)}`, async () => {
      const xml = readFile(`processes/guangxi/${diagram}.bpmn`)
      const changed = xml.replace(right, wrong)
      expect(changed).to.not.equal(xml)
      expect(RULES[rule]!(await readDiagram('guangxi', diagram, changed))).to.not.be.empty
    })
  }
})
