import { readFile } from '../regions/bpmn-model.ts'

/** The diagram of 居民养老 with a review by the village between the register's answer and the decision on the route. */
export function withVillageStep(group: string | null): string {
  const task = `<bpmn:userTask id="Task_VillageReview" name="村级核验"${group ? ` camunda:candidateGroups="${group}"` : ''} camunda:dueDate="\${promisedAt}">
        <bpmn:documentation>由村（社区）核对居住情况：办事指南七（二）。</bpmn:documentation>
        <bpmn:extensionElements>
          <camunda:properties>
            <camunda:property name="kind" value="review"/>
            <camunda:property name="decisions" value="approve=属实,reject=不属实,correct=补正"/>
          </camunda:properties>
        </bpmn:extensionElements>
        <bpmn:incoming>SequenceFlow_ReviewedToVillageReview</bpmn:incoming>
        <bpmn:outgoing>SequenceFlow_ReviewedToDecision</bpmn:outgoing>
      </bpmn:userTask>
      <bpmn:sequenceFlow id="SequenceFlow_ReviewedToVillageReview" sourceRef="Gateway_Reviewed" targetRef="Task_VillageReview"/>`
  const xml = readFile('processes/guangxi/resident-pension.bpmn')
  const place = boundsOf(xml, 'Gateway_Reviewed')
  const { x, y } = freePlace(xml)
  const shape = `<bpmndi:BPMNShape id="Task_VillageReview_di" bpmnElement="Task_VillageReview"><dc:Bounds x="${x}" y="${y}" width="100" height="80"/></bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="SequenceFlow_ReviewedToVillageReview_di" bpmnElement="SequenceFlow_ReviewedToVillageReview"><di:waypoint x="${place.x + 25}" y="${place.y + 50}"/><di:waypoint x="${x + 50}" y="${y}"/></bpmndi:BPMNEdge>`
  return xml
    .replace(/(<bpmn:exclusiveGateway id="Gateway_Reviewed"[^]*?<bpmn:outgoing>)SequenceFlow_ReviewedToDecision/, '$1SequenceFlow_ReviewedToVillageReview')
    .replace('sourceRef="Gateway_Reviewed" targetRef="Gateway_Decision"', 'sourceRef="Task_VillageReview" targetRef="Gateway_Decision"')
    .replace('<bpmn:exclusiveGateway id="Gateway_Decision"', `${task}\n      <bpmn:exclusiveGateway id="Gateway_Decision"`)
    .replace(/(bpmnElement="SequenceFlow_ReviewedToDecision">\s*)<di:waypoint x="[^"]*" y="[^"]*"\/>/, `$1<di:waypoint x="${x + 100}" y="${y + 40}"/>`)
    .replace('<bpmndi:BPMNShape id="Gateway_Decision_di"', `${shape}\n      <bpmndi:BPMNShape id="Gateway_Decision_di"`)
}

interface Box { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

function boundsOf(xml: string, id: string): Box {
  return boxesOf(xml).find(one => one.id === id)!
}

const BOX = /bpmnElement="(\w+)"[^>]*>\s*<dc:Bounds x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"/g

const boxesOf = (xml: string): (Box & { id: string })[] => [...xml.matchAll(BOX)]
  .map(([, id, x, y, width, height]) => ({ id: id!, x: Number(x), y: Number(y), width: Number(width), height: Number(height) }))

/** Room for a task inside of the subprocess, with some air around it. */
function freePlace(xml: string): { x: number; y: number } {
  const [scope, air] = [boundsOf(xml, 'SubProcess_Handle'), 30]
  const others = boxesOf(xml).filter(({ id }) => id !== 'SubProcess_Handle')
  for (let y = scope.y + air; y < scope.y + scope.height - 80 - air; y += 10) {
    for (let x = scope.x + air; x < scope.x + scope.width - 100 - air; x += 10) {
      const isTaken = others.some(one => one.x < x + 100 + air && x - air < one.x + one.width && one.y < y + 80 + air && y - air < one.y + one.height)
      if (!isTaken) return { x, y }
    }
  }
  throw new Error('there is no room for another task')
}
