import { expect } from 'chai'
import { checkModel } from '../../../server/engine/model-gate.ts'

const bpmn = (inside: string): string => `<?xml version="1.0"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
  xmlns:x="http://camunda.org/schema/1.0/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <bpmn:process id="p" isExecutable="true">${inside}</bpmn:process></bpmn:definitions>`
const rules = (inside: string): string[] => checkModel('p.bpmn', bpmn(inside)).map(({ rule }) => rule)

describe('the safety gate before a deployment', () => {
  it('lets a model of the house style pass', () => {
    expect(checkModel('p.bpmn', bpmn(`<bpmn:startEvent id="s"/>
      <bpmn:serviceTask id="t" camunda:type="external" camunda:topic="common.open-item">
        <bpmn:extensionElements><camunda:inputOutput><camunda:inputParameter name="result">approved</camunda:inputParameter>
        </camunda:inputOutput></bpmn:extensionElements></bpmn:serviceTask>
      <bpmn:userTask id="u" camunda:candidateGroups="\${reviewGroup}" camunda:dueDate="\${promisedAt}"/>
      <bpmn:businessRuleTask id="r" camunda:decisionRef="d" camunda:mapDecisionResult="resultList"><bpmn:extensionElements>
        <camunda:inputOutput><camunda:outputParameter name="c">\${decisionResult.size()}</camunda:outputParameter></camunda:inputOutput>
      </bpmn:extensionElements></bpmn:businessRuleTask>
      <bpmn:callActivity id="c" calledElement="q"><bpmn:extensionElements><camunda:in businessKey="\${aItemId}"/></bpmn:extensionElements>
      </bpmn:callActivity>
      <bpmn:sequenceFlow id="f"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">\${rowA &amp;&amp; outcomeA != 'approved'}
      </bpmn:conditionExpression></bpmn:sequenceFlow>`))).to.deep.equal([])
  })

  const refused: readonly (readonly [string, string, string])[] = [
    ['a script task', '<bpmn:scriptTask id="t" scriptFormat="groovy"><bpmn:script>1</bpmn:script></bpmn:scriptTask>', 'code'],
    ['a class', '<bpmn:serviceTask id="t" camunda:class="java.lang.Runtime"/>', 'code'],
    ['a class under another prefix', '<bpmn:serviceTask id="t" x:class="java.lang.Runtime" camunda:type="external"/>', 'code'],
    ['a delegate expression', '<bpmn:serviceTask id="t" camunda:delegateExpression="${bean}"/>', 'code'],
    ['an expression that runs', '<bpmn:serviceTask id="t" camunda:expression="${1}"/>', 'code'],
    ['a task of the engine itself', '<bpmn:serviceTask id="t" camunda:type="mail"/>', 'implementation'],
    ['a second type behind another prefix', '<bpmn:serviceTask id="t" x:type="external" camunda:type="shell"/>', 'implementation'],
    ['a listener', '<bpmn:task id="t"><bpmn:extensionElements><camunda:executionListener event="start"/></bpmn:extensionElements></bpmn:task>', 'code'],
    ['a connector', '<bpmn:task id="t"><bpmn:extensionElements><camunda:connector/></bpmn:extensionElements></bpmn:task>', 'connector'],
    ['a conditional event', '<bpmn:startEvent id="s"><bpmn:conditionalEventDefinition/></bpmn:startEvent>', 'conditional-event'],
    ['a method call', '<bpmn:userTask id="u" camunda:assignee="${execution.getId()}"/>', 'expression'],
    ['reflection', `<bpmn:userTask id="u" camunda:assignee="\${''.getClass()}"/>`, 'expression'],
    ['a hash expression', '<bpmn:userTask id="u" camunda:assignee="#{x.y}"/>', 'expression'],
    ['an expression behind a numeric reference', '<bpmn:userTask id="u" camunda:assignee="&#36;&#x7b;x.y()}"/>', 'expression'],
    ['an expression cut by a comment', '<bpmn:documentation id="d">$<!-- -->{x.y()}</bpmn:documentation>', 'expression'],
    ['an expression in CDATA', '<bpmn:documentation id="d"><![CDATA[${x.y()}]]></bpmn:documentation>', 'expression'],
    ['another language', '<bpmn:conditionExpression language="javascript">true</bpmn:conditionExpression>', 'expression-language'],
    ['a script file', '<bpmn:conditionExpression camunda:resource="x.js"/>', 'code']
  ]
  for (const [name, inside, rule] of refused) {
    it(`refuses ${name}`, () => expect(rules(inside)).to.include(rule))
  }

  it('refuses a DOCTYPE, and what is no XML at all', () => {
    expect(checkModel('p.bpmn', '<!DOCTYPE a [<!ENTITY b "c">]><a/>')[0]?.rule).to.equal('doctype')
    expect(checkModel('p.bpmn', '<a><b></a>')[0]?.rule).to.equal('not-xml')
  })

  it('names the element nearest to the fault', () => {
    expect(checkModel('p.bpmn', bpmn('<bpmn:scriptTask id="Task_X"/>'))[0]).to.include({ file: 'p.bpmn', element: 'Task_X' })
  })

  it('refuses code in a decision table and lets FEEL pass', () => {
    const dmn = (cell: string, language = '') => `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"><decision id="d">
      <decisionTable id="t"><input id="i"><inputExpression id="e" typeRef="string"><text>matter</text></inputExpression></input>
      <rule id="r"><inputEntry id="n" ${language}><text>${cell}</text></inputEntry></rule></decisionTable></decision></definitions>`
    expect(checkModel('d.dmn', dmn('"a","b"'))).to.deep.equal([])
    expect(checkModel('d.dmn', dmn('&lt; 3', 'expressionLanguage="feel"'))).to.deep.equal([])
    expect(checkModel('d.dmn', dmn('x', 'expressionLanguage="groovy"'))[0]?.rule).to.equal('expression-language')
    expect(checkModel('d.dmn', dmn('${x}'))[0]?.rule).to.equal('expression')
  })
})
