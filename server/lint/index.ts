import { XMLParser } from 'fast-xml-parser'
import { checkModel } from '../engine/model-gate.ts'
import { commonFindings } from './common-rules.ts'
import type { Diagram, Finding, LintContext } from './diagram.ts'
import { readDiagram } from './diagram.ts'
import { rules } from './rules/index.ts'
import { tableFindings } from './table-rules.ts'

export type ModelKind = 'process' | 'decision'

/** Larger than three times our largest model. */
const MOST_BYTES = 800_000
const MOST_ELEMENTS = 12_000
const MOST_NESTING = 40

/**
 * Everything that is wrong with a model, by the rules that a release has to pass; an empty list means that it may be released.
 * What cannot be read safely is not read: the door comes first, then the gate of every deployment, then the rules of the house.
 */
export async function lintModel(kind: ModelKind, context: LintContext, xml: string): Promise<Finding[]> {
  const closed = door(xml)
  if (closed) return [{ rule: 'door', element: null, message: closed }]
  if (kind === 'decision') {
    const unsafe = checkModel(`${context.slug}.dmn`, xml)
    return unsafe.length > 0 ? unsafe.map(({ element, message }) => ({ rule: 'code', element, message: `${element ?? '文件'}：${message}` })) : tableFindings(context, xml)
  }
  let diagram: Diagram
  try {
    diagram = await readDiagram(context, xml)
  } catch {
    return [{ rule: 'door', element: null, message: '文件不是可读的 BPMN 流程图，请用建模工具导出后再导入' }]
  }
  const own = Object.entries(rules).flatMap(([rule, check]) => check(diagram).map(found => ({ rule, ...found })))
  return [...own, ...await commonFindings(diagram)]
}

/** Why a text is not even read; undefined when it may be. */
export function door(xml: string): string | undefined {
  if (Buffer.byteLength(xml) > MOST_BYTES) return `文件超过 ${MOST_BYTES / 1000} KB，请拆成较小的流程`
  const [unsafe] = /<!(DOCTYPE|ENTITY)/i.exec(xml) ?? []
  if (unsafe) return `文件含有 ${unsafe.slice(2)} 声明，不予读取，请删去`
  let [depth, elements] = [0, 0]
  for (const [tag] of xml.matchAll(/<[^!?][^>]*>/g)) {
    if (tag.startsWith('</')) depth--
    else {
      elements++
      if (!tag.endsWith('/>')) depth++
    }
    if (depth > MOST_NESTING) return `元素的层次超过 ${MOST_NESTING} 层，请简化`
    if (elements > MOST_ELEMENTS) return `元素超过 ${MOST_ELEMENTS} 个，请拆成较小的流程`
  }
  return isXml(xml) ? undefined : '文件不是有效的 XML，请用建模工具导出后再导入'
}

function isXml(xml: string): boolean {
  try {
    new XMLParser().parse(xml, true)
    return true
  } catch {
    return false
  }
}
