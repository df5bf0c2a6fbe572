/** A diagram of nothing but one element of each kind that the modeller has a panel for; it is to be looked at, not to be released. */
interface Kind { readonly tag: string; readonly attributes?: string; readonly inside?: string; readonly width?: number; readonly height?: number }

const TASKS = ['task', 'userTask', 'serviceTask', 'sendTask', 'receiveTask', 'manualTask', 'businessRuleTask', 'scriptTask', 'callActivity', 'subProcess', 'transaction', 'adHocSubProcess']
const GATEWAYS = ['exclusiveGateway', 'parallelGateway', 'inclusiveGateway', 'complexGateway', 'eventBasedGateway']
const definition = (name: string, inside = ''): string => `<bpmn:${name}EventDefinition>${inside}</bpmn:${name}EventDefinition>`
const TIMER = definition('timer', '<bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT1H</bpmn:timeDuration>')
const MULTI = '<bpmn:multiInstanceLoopCharacteristics camunda:collection="items" camunda:elementVariable="item"/>'
const PARAMETERS = `<bpmn:extensionElements>
  <camunda:inputOutput>
    <camunda:inputParameter name="a">1</camunda:inputParameter>
    <camunda:inputParameter name="b"><camunda:script scriptFormat="js">1</camunda:script></camunda:inputParameter>
    <camunda:inputParameter name="c"><camunda:list><camunda:value>1</camunda:value></camunda:list></camunda:inputParameter>
    <camunda:inputParameter name="d"><camunda:map><camunda:entry key="k">1</camunda:entry></camunda:map></camunda:inputParameter>
    <camunda:outputParameter name="e">1</camunda:outputParameter>
  </camunda:inputOutput>
  <camunda:executionListener event="start" class="x"/>
  <camunda:executionListener event="end"><camunda:script scriptFormat="js">1</camunda:script></camunda:executionListener>
  <camunda:properties><camunda:property name="p" value="1"/></camunda:properties>
  <camunda:failedJobRetryTimeCycle>R3/PT1M</camunda:failedJobRetryTimeCycle>
  HERE
</bpmn:extensionElements>`
const extended = (more = ''): string => PARAMETERS.replace('HERE', more)
const FORM = `<camunda:formData><camunda:formField id="f" type="enum" label="1" defaultValue="1">
  <camunda:properties><camunda:property id="p" value="1"/></camunda:properties>
  <camunda:validation><camunda:constraint name="required" config="1"/></camunda:validation><camunda:value id="v" name="1"/>
</camunda:formField></camunda:formData>`

const KINDS: readonly Kind[] = [
  ...TASKS.map(tag => ({ tag, width: 100, height: 80 })),
  { tag: 'userTask', attributes: 'camunda:assignee="a" camunda:asyncBefore="true"', width: 100, height: 80, inside: extended(`${FORM}<camunda:taskListener event="create" class="x"/><camunda:taskListener event="timeout" id="t" class="x"><bpmn:timerEventDefinition/></camunda:taskListener>`) },
  { tag: 'userTask', attributes: 'camunda:formRef="f" camunda:formRefBinding="version" camunda:formRefVersion="1"', width: 100, height: 80 },
  { tag: 'serviceTask', attributes: 'camunda:type="external" camunda:topic="t" camunda:asyncAfter="true"', width: 100, height: 80, inside: extended('<camunda:errorEventDefinition id="e" expression="x"/>') + MULTI },
  { tag: 'serviceTask', attributes: 'camunda:class="x"', width: 100, height: 80, inside: '<bpmn:extensionElements><camunda:field name="f"><camunda:string>1</camunda:string></camunda:field></bpmn:extensionElements>' },
  { tag: 'serviceTask', width: 100, height: 80, inside: '<bpmn:extensionElements><camunda:connector><camunda:connectorId>c</camunda:connectorId><camunda:inputOutput><camunda:inputParameter name="a">1</camunda:inputParameter></camunda:inputOutput></camunda:connector></bpmn:extensionElements>' },
  { tag: 'businessRuleTask', attributes: 'camunda:decisionRef="d" camunda:decisionRefBinding="version" camunda:resultVariable="r"', width: 100, height: 80 },
  { tag: 'callActivity', attributes: 'calledElement="p" camunda:calledElementBinding="versionTag" camunda:calledElementVersionTag="1"', width: 100, height: 80, inside: '<bpmn:extensionElements><camunda:in source="a" target="b"/><camunda:in businessKey="#{execution.processBusinessKey}"/><camunda:out sourceExpression="a" target="b"/></bpmn:extensionElements>' + MULTI },
  { tag: 'scriptTask', attributes: 'scriptFormat="js" camunda:resource="x"', width: 100, height: 80 },
  ...GATEWAYS.map(tag => ({ tag, width: 50, height: 50 })),
  ...['', definition('message'), TIMER, definition('conditional'), definition('signal')].map(inside => ({ tag: 'startEvent', inside })),
  ...['', definition('message'), definition('escalation'), definition('error'), definition('compensate'), definition('signal'), '<bpmn:terminateEventDefinition/>'].map(inside => ({ tag: 'endEvent', inside })),
  ...[definition('message'), TIMER, definition('conditional'), definition('signal'), '<bpmn:linkEventDefinition name="l"/>'].map(inside => ({ tag: 'intermediateCatchEvent', inside })),
  ...['', definition('message'), definition('escalation'), definition('compensate'), definition('signal')].map(inside => ({ tag: 'intermediateThrowEvent', inside })),
  { tag: 'dataStoreReference', width: 50, height: 50 }, { tag: 'textAnnotation', width: 100, height: 30, inside: '<bpmn:text>1</bpmn:text>' }
]

const IN_A_ROW = 12
/** The tools lie over the left side of the canvas: nothing to be clicked stands there. */
const LEFT = 700

/** The diagram, for the process of this key, and the ids of its elements. */
export function everyElement(key: string): { xml: string; ids: readonly string[] } {
  const ids = KINDS.map((_, index) => `Element_${index}`)
  const flow = 'SequenceFlow_Condition'
  const elements = KINDS.map(({ tag, attributes = '', inside = '' }, index) => `<bpmn:${tag} id="${ids[index]}" ${attributes}>${inside}</bpmn:${tag}>`)
  const shapes = KINDS.map(({ width = 36, height = 36 }, index) => {
    const [x, y] = [LEFT + (index % IN_A_ROW) * 150, 100 + Math.floor(index / IN_A_ROW) * 130]
    return `<bpmndi:BPMNShape id="${ids[index]}_di" bpmnElement="${ids[index]}" isExpanded="false"><dc:Bounds x="${x}" y="${y}" width="${width}" height="${height}"/></bpmndi:BPMNShape>`
  })
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="Definitions_1" targetNamespace="http://bpmn.io/schema/bpmn">
  <bpmn:process id="${key}" name="1" isExecutable="true">
    ${elements.join('\n    ')}
    <bpmn:task id="Element_Left"/>
    <bpmn:sequenceFlow id="${flow}" sourceRef="${ids[1]}" targetRef="${ids[2]}"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">1</bpmn:conditionExpression></bpmn:sequenceFlow>
  </bpmn:process>
  <bpmndi:BPMNDiagram id="BPMNDiagram_1"><bpmndi:BPMNPlane id="BPMNPlane_1" bpmnElement="${key}">
    ${shapes.join('\n    ')}
    <bpmndi:BPMNShape id="Element_Left_di" bpmnElement="Element_Left"><dc:Bounds x="100" y="100" width="100" height="80"/></bpmndi:BPMNShape>
    <bpmndi:BPMNEdge id="${flow}_di" bpmnElement="${flow}"><di:waypoint x="${LEFT + 250}" y="140"/><di:waypoint x="${LEFT + 300}" y="140"/></bpmndi:BPMNEdge>
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>`
  return { xml, ids: [...ids, flow] }
}
