import { expect } from 'chai'
import { createDefinitionCache, readDecisions, readProcessModel } from '../../../server/engine/definition-cache.ts'

const xml = `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
  <bpmn:process id="p"><bpmn:subProcess id="s"><bpmn:userTask id="a" camunda:candidateGroups="window" camunda:dueDate="\${promisedAt}">
  <bpmn:documentation>核验身份后交付：办事指南七</bpmn:documentation><bpmn:extensionElements>
  <camunda:properties><camunda:property name="kind" value="pickup"/><camunda:property name="decisions" value="handed-over=已当面交付"/></camunda:properties>
  </bpmn:extensionElements></bpmn:userTask><bpmn:serviceTask id="t" name="寄递" camunda:type="external" camunda:topic="common.deliver-card"/>
  <bpmn:serviceTask id="u" name="补寄" camunda:type="external" camunda:topic="common.deliver-card"/>
  <bpmn:businessRuleTask id="r" camunda:decisionRef="gx-review"/></bpmn:subProcess>
  <bpmn:userTask id="b"/></bpmn:process></bpmn:definitions>`

describe('engine/definition-cache', () => {
  it('reads kind, decisions, group and due date of user tasks, the topics with their steps and the tables that are asked', () => {
    const { userTasks, topics, decisions } = readProcessModel(xml)
    expect(userTasks.get('a')).to.deep.equal({
      kind: 'pickup', decisions: [{ value: 'handed-over', label: '已当面交付' }], candidateGroups: 'window', dueDate: '${promisedAt}',
      documentation: '核验身份后交付：办事指南七'
    })
    expect(userTasks.get('b')).to.deep.equal({ kind: 'other', decisions: [{ value: 'done', label: '已办理' }], candidateGroups: null, dueDate: null, documentation: '' })
    expect([...topics].map(([topic, names]) => [topic, [...names]])).to.deep.equal([['common.deliver-card', ['寄递', '补寄']]])
    expect([...decisions]).to.deep.equal(['gx-review'])
  })

  it('takes a decision without a label by its value', () => {
    expect(readDecisions(' a = 甲 , b ,')).to.deep.equal([{ value: 'a', label: '甲' }, { value: 'b', label: 'b' }])
  })

  it('reads a version once, asks for the latest every few seconds, forgets failures', async () => {
    let now = 0
    let version = 1
    let fails = true
    const read: string[] = []
    const cache = createDefinitionCache({
      processDefinition: key => (key === 'p' ? Promise.resolve({ id: `p:${version}`, key, version }) : Promise.resolve(undefined)),
      processXml: id => {
        read.push(id)
        return fails ? Promise.reject(new Error('away')) : Promise.resolve(xml)
      }
    }, () => now)
    expect(await cache.latest('p').then(() => 'read', () => 'away')).to.equal('away')
    fails = false
    await Promise.all([cache.latest('p'), cache.latest('p'), cache.model('p:1')])
    expect(read).to.deep.equal(['p:1', 'p:1'])
    version = 2
    await cache.latest('p')
    now = 6000
    await cache.latest('p')
    expect(read).to.deep.equal(['p:1', 'p:1', 'p:2'])
    expect(await cache.latest('none')).to.equal(undefined)
  })
})
