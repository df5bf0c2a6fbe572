interface Matter {
  readonly region: string
  readonly slug: string
  readonly title: string
  /** `flexible-pension` → FlexiblePension and flexiblePension. */
  readonly pascal: string
  readonly camel: string
}

const ITEMS = 'SubProcess_Items'
const GATEWAY = 'Gateway_Selected'
/** Height that one more call activity takes below the others. */
const ROW = 120

/**
 * Adds a matter to the umbrella: a conditional call activity among those that run in parallel, drawn below them.
 * @throws Error when the diagram has no subprocess or gateway of that name any more
 */
export function addToUmbrella(xml: string, matter: Matter): string {
  const box = boundsOf(xml, ITEMS)
  const gateway = boundsOf(xml, GATEWAY)
  const start = xml.indexOf(`<bpmn:inclusiveGateway id="${GATEWAY}"`)
  const gatewayEnd = xml.indexOf('</bpmn:inclusiveGateway>', start)
  const itemsEnd = closingOf(xml, xml.indexOf(`<bpmn:subProcess id="${ITEMS}"`))
  if (!box || !gateway || start < 0 || itemsEnd < 0) throw new Error(`enrolment.bpmn 中没有 ${ITEMS} 或 ${GATEWAY}，请在流程图中手工加入事项`)
  const shapes = drawing(matter, gateway, box.y + box.height + 10)
  return [
    xml.slice(0, gatewayEnd), `  <bpmn:outgoing>SequenceFlow_SelectedTo${matter.pascal}</bpmn:outgoing>\n      `,
    xml.slice(gatewayEnd, itemsEnd), elements(matter), xml.slice(itemsEnd)
  ].join('')
    .replace(box.text, box.text.replace(/height="[^"]+"/, `height="${box.height + ROW}"`))
    .replace(/^ *<\/bpmndi:BPMNPlane>/m, end => `${shapes}\n${end}`)
}

function boundsOf(xml: string, id: string) {
  const text = new RegExp(`<bpmndi:BPMNShape id="[^"]*" bpmnElement="${id}"[^>]*>\\s*<dc:Bounds [^>]*>`).exec(xml)?.[0]
  const number = (name: string): number => Number(new RegExp(`\\b${name}="([^"]+)"`).exec(text!)?.[1])
  return text && { text, x: number('x'), y: number('y'), width: number('width'), height: number('height') }
}

/** Where the line with the closing tag of the subprocess that opens at `start` begins. */
function closingOf(xml: string, start: number): number {
  let depth = 0
  for (const { 0: tag, index } of xml.slice(Math.max(start, 0)).matchAll(/<\/?bpmn:subProcess\b[^>]*>/g)) {
    depth += tag.startsWith('</') ? -1 : 1
    if (depth === 0) return xml.lastIndexOf('\n', start + index) + 1
  }
  return -1
}

function elements({ region, slug, title, pascal, camel }: Matter): string {
  const passed = ['applicationId', 'region', 'division', 'channel'].map(name => `          <camunda:in source="${name}" target="${name}"/>`)
  return `      <bpmn:callActivity id="CallActivity_${pascal}" name="${title}" calledElement="${region}-${slug}" camunda:asyncAfter="true">
        <bpmn:documentation>办事指南二：${title}。</bpmn:documentation>
        <bpmn:extensionElements>
          <camunda:in businessKey="\${${camel}ItemId}"/>
${passed.join('\n')}
          <camunda:in source="${camel}ItemId" target="itemId"/>
          <camunda:out source="outcome" target="outcome${pascal}"/>
        </bpmn:extensionElements>
        <bpmn:incoming>SequenceFlow_SelectedTo${pascal}</bpmn:incoming>
        <bpmn:outgoing>SequenceFlow_${pascal}To${pascal}</bpmn:outgoing>
      </bpmn:callActivity>
      <bpmn:endEvent id="EndEvent_${pascal}" name="${title}办结">
        <bpmn:incoming>SequenceFlow_${pascal}To${pascal}</bpmn:incoming>
      </bpmn:endEvent>
      <bpmn:sequenceFlow id="SequenceFlow_SelectedTo${pascal}" name="选办${title}" sourceRef="${GATEWAY}" targetRef="CallActivity_${pascal}">
        <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">\${sel${pascal}}</bpmn:conditionExpression>
      </bpmn:sequenceFlow>
      <bpmn:sequenceFlow id="SequenceFlow_${pascal}To${pascal}" sourceRef="CallActivity_${pascal}" targetRef="EndEvent_${pascal}"/>
`
}

/** The call stands 135 to the right of the gateway, `top` down; its flow leaves the gateway at the bottom. */
function drawing({ pascal }: Matter, gateway: { x: number; y: number; width: number; height: number }, top: number): string {
  const [middle, left, line] = [gateway.x + gateway.width / 2, gateway.x + gateway.width + 135, top + 40]
  const shape = (id: string, bounds: string) => `      <bpmndi:BPMNShape id="${id}_di" bpmnElement="${id}">
        <dc:Bounds ${bounds}/>
      </bpmndi:BPMNShape>`
  const edge = (id: string, points: readonly (readonly [number, number])[]) => `      <bpmndi:BPMNEdge id="${id}_di" bpmnElement="${id}">
${points.map(([x, y]) => `        <di:waypoint x="${x}" y="${y}"/>`).join('\n')}
      </bpmndi:BPMNEdge>`
  return [
    shape(`CallActivity_${pascal}`, `x="${left}" y="${top}" width="100" height="80"`),
    shape(`EndEvent_${pascal}`, `x="${left + 162}" y="${line - 18}" width="36" height="36"`),
    edge(`SequenceFlow_SelectedTo${pascal}`, [[middle, gateway.y + gateway.height], [middle, line], [left, line]]),
    edge(`SequenceFlow_${pascal}To${pascal}`, [[left + 100, line], [left + 162, line]])
  ].join('\n')
}
