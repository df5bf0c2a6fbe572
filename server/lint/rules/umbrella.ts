import { camelCase } from '../../../core/region.ts'
import type { Finding, Rule } from '../diagram.ts'
import { finding } from '../diagram.ts'
import { camunda, extensions, is } from '../element.ts'

const pascal = (slug: string): string => slug.split('-').map(part => part.replace(/^./, letter => letter.toUpperCase())).join('')

/** One call for each matter, one for each row; each under its own key, with its outcome brought back. */
export const umbrella: Rule = ({ slug, region, elements, process }) => {
  if (slug !== 'enrolment') return []
  const rows = region.matters.find(({ hasRows }) => hasRows)
  const expected = [
    ...region.matters.filter(one => one !== rows).map(one => ({ id: pascal(one.slug), called: one.slug, key: camelCase(`${one.slug}-item-id`) })),
    ...(rows ? region.insurances : []).map(one => ({ id: `${pascal(one.slug)}Row`, called: rows!.slug, key: camelCase(`${one.slug}-row-id`) }))
  ]
  const calls = elements.filter(is('CallActivity'))
  const wrong = expected.filter(({ id, called, key }) => {
    const call = calls.find(one => one.id === `CallActivity_${id}`)
    if (call?.calledElement !== `${region.slug}-${called}`) return true
    const passed = extensions(call, 'in')
    const out = extensions(call, 'out').map(one => `${String(one.source)}>${String(one.target)}`)
    return !passed.some(one => one.businessKey === `\${${key}}`) || !passed.some(one => one.source === key && one.target === 'itemId')
      || !out.includes(`outcome>${id.endsWith('Row') ? `rowOutcome${id.replace(/Row$/, '')}` : `outcome${id}`}`)
  })
  const inItems = elements.filter(is('CallActivity', 'ServiceTask')).filter(one => one.$parent?.id === 'SubProcess_Items')
  return [
    ...wrong.map(({ id }): Omit<Finding, 'rule'> => ({
      element: `CallActivity_${id}`, message: `CallActivity_${id}：缺少，或业务键、传入传出的变量不对`
    })),
    ...(calls.length === expected.length ? [] : [finding(process, `应有 ${expected.length} 个调用活动，现有 ${calls.length} 个`)]),
    ...inItems.filter(one => camunda(one, 'asyncAfter') !== 'true').map(one => finding(one, '须设为结束后异步（asyncAfter）')),
    ...elements.filter(is('InclusiveGateway')).filter(one => (one.outgoing ?? []).length > 1 && !one.default).map(one => finding(one, '须有默认流向'))
  ]
}
