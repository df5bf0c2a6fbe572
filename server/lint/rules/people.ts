import type { Finding, LintContext, Rule } from '../diagram.ts'
import { expressionsOf, finding, topicsOf, when } from '../diagram.ts'
import type { Element } from '../element.ts'
import { camunda, eventDefinitions, extension, is } from '../element.ts'

const KINDS = ['review', 'pickup', 'other']

/** Which steps of the server return the instants that timers need. */
const INSTANTS: Readonly<Record<string, readonly string[]>> = {
  'common.open-item': ['warnAt', 'promisedAt', 'redAt', 'paymentDeadline'],
  'common.resume-item': ['warnAt', 'promisedAt', 'redAt'],
  'common.open-correction': ['correctionDeadline']
}

/** The group of the department that a matter belongs to, which differs by item. */
export const REVIEW_GROUP = '${reviewGroup}'

/** Whom a task may be given to: the departments of the region, and each group that somebody belongs to. */
export function groupsOf({ region, groups }: Pick<LintContext, 'region' | 'groups'>): string[] {
  return [...new Set([REVIEW_GROUP, ...region.departments.map(({ group }) => group), ...groups])]
}

/** A person's step has a group, a kind, decisions to choose from, and a day on which it is due. */
export const people: Rule = diagram => {
  const groups = groupsOf(diagram)
  const offered = new Set<string>()
  const findings = diagram.elements.filter(is('UserTask')).flatMap(task => {
    const [kind, due] = [extension(task, 'property', 'kind') ?? '', camunda(task, 'dueDate')]
    const decisions = (extension(task, 'property', 'decisions') ?? '').split(',')
    for (const decision of decisions) offered.add(decision.split('=')[0]!)
    return [
      ...when(!groups.includes(camunda(task, 'candidateGroups') ?? ''), task, `没有人员的部门组，请在候选组中填 ${groups.join('、')} 之一；新设的组，待统一身份认证授予人员并登录一次后即可选用`),
      ...when(!KINDS.includes(kind), task, `没有任务种类，请把扩展属性 kind 设为 ${KINDS.join('、')} 之一`),
      ...when(!decisions.every(one => /^[a-z]+(-[a-z]+)*=\p{Script=Han}+$/u.test(one)), task, '没有办理意见，请把扩展属性 decisions 写成“approve=通过,reject=不通过”的样子'),
      ...when(kind === 'review' && due !== '${promisedAt}', task, '没有办理时限，请把到期日设为 ${promisedAt}'),
      ...when(camunda(task, 'assignee') !== undefined || camunda(task, 'candidateUsers') !== undefined, task, '不能指定到人，请交给部门组')
    ]
  })
  const asked = expressionsOf(diagram).flatMap(text => [...text.matchAll(/\bdecision == '([^']+)'/g)].map(([, value]) => value!))
  return [...findings, ...asked.filter(value => !offered.has(value)).map(value => finding(diagram.process, `没有任务提供办理意见“${value}”，分支走不到`))]
}

/** Timers wait for the instants that the legal clock gives out, and for no others. */
export const timers: Rule = diagram => {
  const known = topicsOf(diagram).flatMap(topic => INSTANTS[topic] ?? [])
  return diagram.elements.flatMap(element => eventDefinitions(element).filter(is('TimerEventDefinition')).flatMap(timer => {
    const variable = /^\$\{(\w+)\}$/.exec((timer.timeDate as { body?: string } | undefined)?.body ?? '')?.[1]
    return when(!variable || !known.includes(variable), element, `定时器须取法定时钟的时刻（${[...new Set(known)].join('、')}），现为“${variable ?? '空'}”`)
  }))
}

/** 预警, 黄牌 and 红牌 stop nothing, and no token of theirs keeps a decided item alive. */
export const legalClock: Rule = ({ slug, elements, process }) => (slug === 'enrolment' ? [] : ['SlaWarn', 'SlaPromised', 'SlaRed']
  .flatMap((name): Omit<Finding, 'rule'>[] => {
    const timer = elements.find(({ id }) => id === `BoundaryEvent_${name}`)
    const next = timer?.outgoing?.[0]?.targetRef as Element | undefined
    const isRight = timer?.cancelActivity === false && (timer.attachedToRef as Element | undefined)?.id === 'SubProcess_Handle' && next && is('EndEvent')(next)
    return isRight ? [] : [finding(timer ?? process, `BoundaryEvent_${name} 须挂在 SubProcess_Handle 上、不中断办理、触发后即结束`)]
  }))
