import { readFile } from '../../regions/bpmn-model.ts'

/** A diagram or table that must never be deployed, with what its refusal has to name. */
export interface BrokenModel {
  readonly title: string
  readonly key: string
  readonly names: RegExp
  readonly xml: () => string
}

const diagram = (): string => readFile('processes/guangxi/resident-pension.bpmn')
const changed = (right: string | RegExp, wrong: string, from = diagram) => (): string => {
  const xml = from()
  const result = xml.replace(right, () => wrong)
  if (result === xml) throw new Error(`nothing to change: ${String(right)}`)
  return result
}
const REVIEW = /<bpmn:userTask id="Task_Review" [^]*?<\/bpmn:userTask>/
const EXTENSIONS = '<camunda:properties>\n            <camunda:property name="kind" value="review"/>'
const VERIFY = 'camunda:type="external" camunda:topic="guangxi.resident-pension.verify"'
const APPROVED = "${decision == 'approve'}"
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
const doctype = (entities: string): string => diagram().replace(HEAD, `${HEAD}<!DOCTYPE definitions [${entities}]>\n`)

const one = (title: string, names: RegExp, xml: () => string, key = 'guangxi-resident-pension'): BrokenModel => ({ title, names, xml, key })

export const brokenModels: readonly BrokenModel[] = [
  one('a script task', /Task_Review/, changed(REVIEW, '<bpmn:scriptTask id="Task_Review" name="算" scriptFormat="groovy"><bpmn:incoming>SequenceFlow_RouteToReview</bpmn:incoming><bpmn:outgoing>SequenceFlow_ReviewToReviewed</bpmn:outgoing><bpmn:script>1</bpmn:script></bpmn:scriptTask>')),
  one('a Java class', /Task_VerifyPerson/, changed(VERIFY, 'camunda:class="java.lang.Runtime"')),
  one('a delegate expression', /Task_VerifyPerson/, changed(VERIFY, 'camunda:delegateExpression="${bean}"')),
  one('an expression that runs', /Task_VerifyPerson/, changed(VERIFY, 'camunda:expression="${bean.run()}"')),
  one('a service task that nobody works on', /Task_VerifyPerson/, changed(VERIFY, '')),
  one('the mail task of the engine', /Task_VerifyPerson/, changed(VERIFY, 'camunda:type="mail"')),
  one('an execution listener', /Task_Review/, changed(EXTENSIONS, `<camunda:executionListener class="a.B" event="start"/>${EXTENSIONS}`)),
  one('a task listener', /Task_Review/, changed(EXTENSIONS, `<camunda:taskListener delegateExpression="\${x}" event="create"/>${EXTENSIONS}`)),
  one('a connector', /Task_Review/, changed(EXTENSIONS, `<camunda:connector><camunda:connectorId>http-connector</camunda:connectorId></camunda:connector>${EXTENSIONS}`)),
  one('a field injection', /Task_Review/, changed(EXTENSIONS, `<camunda:field name="x"><camunda:string>y</camunda:string></camunda:field>${EXTENSIONS}`)),
  one('a script as input parameter', /Task_Review/, changed(EXTENSIONS, `<camunda:inputOutput><camunda:inputParameter name="x"><camunda:script scriptFormat="javascript">1</camunda:script></camunda:inputParameter></camunda:inputOutput>${EXTENSIONS}`)),
  one('a call in a condition', /SequenceFlow_DecisionToApproved/, changed(APPROVED, "${execution.setVariable('a', 1)}")),
  one('a class by name in a condition', /SequenceFlow_DecisionToApproved/, changed(APPROVED, "${''.getClass().forName('java.lang.Runtime')}")),
  one('a condition hidden behind character references', /SequenceFlow_DecisionToApproved/, changed(APPROVED, '&#36;&#123;execution.id&#125;')),
  one('a deferred expression', /Task_Review/, changed('camunda:dueDate="${promisedAt}"', 'camunda:dueDate="#{now()}"')),
  one('a script as condition', /SequenceFlow_DecisionToApproved/, changed(/(<bpmn:sequenceFlow id="SequenceFlow_DecisionToApproved"[^>]*>\s*)<bpmn:conditionExpression [^>]*>[^<]*/,
    '<bpmn:sequenceFlow id="SequenceFlow_DecisionToApproved" name="通过" sourceRef="Gateway_Decision" targetRef="Gateway_Approved"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression" language="groovy">true')),
  one('a conditional event', /BoundaryEvent_SlaWarn/, changed(/(?<=id="BoundaryEvent_SlaWarn"[^]*?)<bpmn:timerEventDefinition[^]*?<\/bpmn:timerEventDefinition>/, '<bpmn:conditionalEventDefinition id="C1"><bpmn:condition>${a}</bpmn:condition></bpmn:conditionalEventDefinition>')),
  one('a DOCTYPE', /DOCTYPE/, () => doctype('')),
  one('an external entity', /DOCTYPE/, () => doctype('<!ENTITY x SYSTEM "file:///etc/passwd">')),
  one('a billion laughs', /DOCTYPE/, () => doctype('<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">')),
  one('20 MB', /KB/, () => diagram() + ' '.repeat(20_000_000)),
  one('a hundred thousand nested elements', /层/, () => `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`),
  one('no XML', /XML/, () => diagram().slice(0, 9000)),
  one('another format', /BPMN/, () => '<svg xmlns="http://www.w3.org/2000/svg"/>'),
  one('an unknown topic', /Task_VerifyPerson/, changed('guangxi.resident-pension.verify"', 'guangxi.resident-pension.guess"')),
  one('a topic of another matter', /Task_VerifyPerson/, changed('guangxi.resident-pension.verify"', 'guangxi.flexible-pension.verify"')),
  one('an unknown decision', /Task_DecideRoute/, changed('camunda:decisionRef="guangxi-review"', 'camunda:decisionRef="guangxi-revue"')),
  one('an error that nobody catches', /EndEvent_NeedsCorrection/, changed(/(id="ErrorEventDefinition_CorrectionRequested") errorRef="Error_NeedsCorrection"/, 'id="ErrorEventDefinition_CorrectionRequested"')),
  one('an endless loop that waits for nothing', /Gateway_Decision/, changed('sourceRef="Gateway_Decision" targetRef="Gateway_Approved"', 'sourceRef="Gateway_Decision" targetRef="Gateway_Reviewed"')),
  one('HTML in a name', /Task_Review/, changed('name="审核参保登记"', 'name="审核&lt;img src=x onerror=alert(1)&gt;"')),
  one('a task without a group', /Task_Review/, changed('<bpmn:userTask id="Task_Review" name="审核参保登记" camunda:candidateGroups="${reviewGroup}"', '<bpmn:userTask id="Task_Review" name="审核参保登记"')),
  one('a timer of its own', /BoundaryEvent_SlaWarn/, changed('${warnAt}', '2099-01-01T00:00:00Z')),
  one('a second process', /guangxi-other/, changed('</bpmn:process>', '</bpmn:process><bpmn:process id="guangxi-other" name="别的流程" isExecutable="true"/>')),
  one('the key of another process', /guangxi-flexible-pension/, changed('<bpmn:process id="guangxi-resident-pension"', '<bpmn:process id="guangxi-flexible-pension"')),
  one('a table that calls Java', /deadline-resident-pension-online/, changed('<text>3</text>', '<text>external "java.lang.Math"</text>', () => readFile('processes/guangxi/deadlines.dmn')), 'guangxi-deadlines')
]
