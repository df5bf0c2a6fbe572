import { expect } from 'chai'
import { readFile } from '../regions/bpmn-model.ts'
import { differences } from './diagram-model.ts'

/** One change to each kind of thing that a file of the Camunda Modeler holds. */
const CHANGES: readonly (readonly [string, string, string])[] = [
  ['the tool that wrote it', 'exporterVersion="5.38.1"', 'exporterVersion="5.38.2"'],
  ['the platform it was written for', 'modeler:executionPlatformVersion="7.23.0"', ''],
  ['an attribute of the engine', 'camunda:priority="60"', 'camunda:priority="61"'],
  ['the version of a template', 'camunda:modelerTemplateVersion="3"', ''],
  ['an entry of a list in a parameter', '<camunda:value>age</camunda:value>', ''],
  ['a text of somebody else\'s', '先征求村里意见', ''],
  ['a reference', 'default="SequenceFlow_DecisionToConcludeRejected"', ''],
  ['a colour', 'bioc:fill="#c8e6c9"', 'bioc:fill="#c8e6c8"'],
  ['the colour of a label', 'color:color="#831311"', ''],
  ['the place of a label', '<dc:Bounds x="910" y="472"', '<dc:Bounds x="911" y="472"'],
  ['a bend of a flow', '<di:waypoint x="910" y="360" />', ''],
  ['a line in an annotation', '\n可以上门', '']
]

describe('support/diagram-model', () => {
  const file = readFile('test/e2e/diagrams/camunda-modeler.bpmn')

  it('finds a file equal to itself, however it is laid out and its names are declared', async () => {
    const other = file.replace(/>\n\s+</g, '><').replace(/ xmlns:plan="[^"]+"/, '').replace('<plan:meeting', '<plan:meeting xmlns:plan="https://village.example/plan"')
    expect(other).not.to.equal(file)
    expect(await differences(file, other)).to.deep.equal({ lost: [], added: [] })
  })

  for (const [what, from, to] of CHANGES) {
    it(`misses ${what}`, async () => {
      expect(file).to.include(from)
      expect((await differences(file, file.replace(from, to))).lost).not.to.be.empty
    })
  }
})
