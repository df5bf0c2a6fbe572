import { catalogue } from '../../../core/errors.ts'
import { checkModel } from '../../engine/model-gate.ts'
import { isSafeExpression } from '../../engine/safe-expression.ts'
import type { Finding, Rule } from '../diagram.ts'
import { expressionsOf, finding, when } from '../diagram.ts'
import type { Element } from '../element.ts'
import { camunda, errorOf, eventDefinitions, extensions, is } from '../element.ts'

/** The gate that the server puts before each deployment: no code of any kind. */
export const code: Rule = ({ xml, slug, elements, process }) => checkModel(`${slug}.bpmn`, xml).map(({ element, message }): Omit<Finding, 'rule'> => {
  const known = [process, ...elements].find(one => one.id === element || eventDefinitions(one).some(({ id }) => id === element))
  return known ? finding(known, message) : { element, message: element ? `${element}：${message}` : message }
})

const NAME = '[a-z][A-Za-z0-9]*'
const TERM = `(?:!?${NAME}|${NAME} (?:==|!=|>|<) (?:'[a-z-]+'|\\d+))`
const ALLOWED = new RegExp(`^\\$\\{(?:${TERM}(?: && ${TERM})*|decisionResult\\.size\\(\\)|decisionResult\\.getSingleResult\\(\\)\\.${NAME})\\}$`)

/** One way of writing a condition, so that whoever reads a diagram reads all. */
export const expressions: Rule = diagram => expressionsOf(diagram)
  .filter(text => isSafeExpression(text) && !ALLOWED.test(text))
  .map(text => finding(diagram.process, `表达式 ${text} 的写法不在约定之内，只用变量、比较和 &&`))

/** A condition may ask only what somebody sets: the workers as before, or this diagram itself. */
export const variables: Rule = diagram => {
  const set = new Set([...diagram.variables, 'decision', 'reviewGroup', ...diagram.elements.flatMap(element => [
    ...extensions(element, 'outputParameter').map(({ name }) => name), ...extensions(element, 'out').map(({ target }) => String(target))
  ])])
  return diagram.elements.flatMap(element => {
    const text = (element.conditionExpression as { body?: string } | undefined)?.body ?? ''
    return namesIn(text).filter(name => !set.has(name)).map(name => finding(element, `条件中的变量 ${name} 没有步骤给出，请核对名称`))
  })
}

/** Variables of an expression of the allowed form. */
export function namesIn(expression: string): string[] {
  return [...expression.replace(/'[^']*'/g, '').matchAll(/[a-z][A-Za-z0-9]*/g)].map(([name]) => name)
}

/** Every step is worked by somebody: a topic with a handler, a decision and a process that exist. */
export const steps: Rule = ({ region, slug, elements, decisions, processes, topics }) => elements.flatMap(element => {
  const topic = camunda(element, 'topic')
  if (is('ServiceTask')(element)) {
    const isNamed = new RegExp(`^(common|${region.slug}\\.${slug})\\.[a-z]+(-[a-z]+)*$`).test(topic ?? '')
    return [
      ...when(camunda(element, 'type') !== 'external' || !isNamed, element,
        `须为外部任务，主题为 common.… 或 ${region.slug}.${slug}.…，现为“${topic ?? '空'}”`),
      ...when(isNamed && !topics.includes(topic!), element, `主题 ${topic} 没有处理程序，请改用已有的主题`)
    ]
  }
  if (is('BusinessRuleTask')(element)) {
    const decision = camunda(element, 'decisionRef')
    return when(!decisions.includes(decision ?? ''), element, `规则表“${decision ?? '空'}”不存在，请选择本地区的规则表`)
  }
  if (is('CallActivity')(element)) {
    return when(!processes.includes(String(element.calledElement)), element, `调用的流程“${String(element.calledElement ?? '空')}”不存在`)
  }
  return when(topic !== undefined || /(Send|Script|Manual)Task$|:Task$/.test(element.$type), element, '这种任务没有人办理，请改用外部任务或人工任务')
})

/** A thrown error that nobody catches would end the case as if it were done. */
export const errors: Rule = ({ elements }) => {
  const catchers = elements.filter(is('BoundaryEvent'))
  const isCaught = (scope: Element | undefined, error: Element): boolean => scope !== undefined && (
    catchers.some(one => one.attachedToRef === scope && errorOf(one) === error) || isCaught(scope.$parent, error))
  return elements.filter(element => is('EndEvent')(element) && errorOf(element)).flatMap(element => {
    const error = errorOf(element)!
    return [
      ...when(!isCaught(element.$parent, error), element, `抛出的错误 ${String(error.errorCode)} 没有边界事件接住`),
      ...when(!Object.hasOwn(catalogue, String(error.errorCode)), element, `错误码 ${String(error.errorCode)} 不在错误目录中`)
    ]
  })
}

const WAITS = is('UserTask', 'ServiceTask', 'ReceiveTask', 'CallActivity', 'IntermediateCatchEvent', 'EventBasedGateway')
const isWait = (element: Element): boolean => WAITS(element) || (element.flowElements ?? []).some(isWait)

/** A ring in which nothing waits keeps the engine busy for ever. */
export const loops: Rule = ({ elements }) => {
  const next = (element: Element): Element[] => (element.outgoing ?? [])
    .map(flow => flow.targetRef as Element).filter(target => target && !isWait(target))
  const returns = (start: Element): boolean => {
    const seen = new Set<Element>()
    const open = next(start)
    for (let element = open.pop(); element; element = open.pop()) {
      if (element === start) return true
      if (seen.has(element)) continue
      seen.add(element)
      open.push(...next(element))
    }
    return false
  }
  return elements.filter(element => element.outgoing && !isWait(element) && returns(element))
    .map(element => finding(element, '处在没有等待步骤的循环中，引擎会不停地运行，请加入人工任务或外部任务'))
}
