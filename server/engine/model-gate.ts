import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { isSafeExpression } from './safe-expression.ts'

export interface ModelFinding {
  readonly file: string
  /** Id of the nearest element that has one. */
  readonly element: string | null
  readonly rule: 'not-xml' | 'doctype' | 'code' | 'connector' | 'conditional-event' | 'implementation' | 'expression' | 'expression-language'
  /** What is wrong and what to do, in Chinese. */
  readonly message: string
}

interface XmlElement {
  readonly name: string
  /** Local name and value; one local name may come twice, by two prefixes, and none may hide the other. */
  readonly attributes: readonly (readonly [string, string])[]
  readonly children: readonly XmlElement[]
  readonly text: string
}

const parser = new XMLParser({
  preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: '', parseTagValue: false, parseAttributeValue: false, trimValues: true,
  processEntities: true, htmlEntities: true
})

/** Elements that carry code, whatever their namespace prefix. */
const CODE_ELEMENTS = new Set(['scriptTask', 'script', 'executionListener', 'taskListener', 'functionDefinition', 'encapsulatedLogic'])
const CONNECTOR_ELEMENTS = new Set(['connector', 'connectorId', 'field'])
const CODE_ATTRIBUTES = new Set([
  'class', 'delegateExpression', 'expression', 'variableMappingClass', 'variableMappingDelegateExpression', 'formHandlerClass', 'resource',
  'scriptFormat', 'taskListener'
])
const NEEDS_IMPLEMENTATION = new Set(['serviceTask', 'sendTask', 'businessRuleTask'])

/**
 * The basic safety gate before a deployment: whoever deploys a model runs code in the engine, and the engine itself
 * refuses nothing (engine-notes B11). Finds code, listeners, connectors, DOCTYPE, conditional events and every
 * expression outside the small grammar of safe-expression.ts, in BPMN and DMN. An empty list means: may be deployed.
 */
export function checkModel(file: string, xml: string): ModelFinding[] {
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) {
    return [{ file, element: null, rule: 'doctype', message: '文件含有 DOCTYPE 或实体声明，请删去' }]
  }
  const validity = XMLValidator.validate(xml)
  if (validity !== true) return [{ file, element: null, rule: 'not-xml', message: `不是有效的 XML：${validity.err.msg}` }]
  const isDecision = file.endsWith('.dmn')
  return (parser.parse(xml) as RawNode[]).flatMap(toElement).flatMap(root => walk(root, { file, isDecision }, null))
}

interface Scope {
  readonly file: string
  readonly isDecision: boolean
}

function walk(element: XmlElement, scope: Scope, parent: string | null): ModelFinding[] {
  const id = valuesOf(element, 'id')[0] ?? parent
  const find = (rule: ModelFinding['rule'], message: string): ModelFinding => ({ file: scope.file, element: id, rule, message })
  const own = [
    ...elementFindings(element, find),
    ...attributeFindings(element, scope, find),
    ...(scope.isDecision ? decisionFindings(element, find) : expressionFindings(element, find))
  ]
  return [...own, ...element.children.flatMap(child => walk(child, scope, id))]
}

type Find = (rule: ModelFinding['rule'], message: string) => ModelFinding

function elementFindings(element: XmlElement, find: Find): ModelFinding[] {
  const { name } = element
  const findings: ModelFinding[] = []
  if (CODE_ELEMENTS.has(name)) findings.push(find('code', `不允许使用 ${name}，请改用外部任务（external）`))
  if (CONNECTOR_ELEMENTS.has(name)) findings.push(find('connector', `不允许使用 ${name}，请改用外部任务（external）`))
  if (name === 'conditionalEventDefinition') findings.push(find('conditional-event', '不允许使用条件事件，请改用网关'))
  if (NEEDS_IMPLEMENTATION.has(name) && !isImplemented(element)) {
    findings.push(find('implementation', `${name} 须为外部任务（camunda:type="external"）${name === 'businessRuleTask' ? '或引用决策表' : ''}`))
  }
  return findings
}

function isImplemented(element: XmlElement): boolean {
  const types = valuesOf(element, 'type')
  if (types.some(type => type !== 'external')) return false // mail, shell and their like are built into the engine
  return types.length > 0 || (element.name === 'businessRuleTask' && valuesOf(element, 'decisionRef').length > 0)
}

function attributeFindings({ name, attributes }: XmlElement, { isDecision }: Scope, find: Find): ModelFinding[] {
  const findings: ModelFinding[] = []
  for (const [attribute, value] of attributes) {
    if (!isDecision && CODE_ATTRIBUTES.has(attribute)) findings.push(find('code', `${name} 的属性 ${attribute} 会执行代码，不允许使用`))
    if ((attribute === 'language' || attribute === 'expressionLanguage' || attribute === 'typeLanguage') && !isPlainLanguage(value, isDecision)) {
      findings.push(find('expression-language', `不允许使用表达式语言 ${value}`))
    }
  }
  return findings
}

function isPlainLanguage(value: string, isDecision: boolean): boolean {
  const language = value.toLowerCase()
  return isDecision ? language === 'feel' || language.includes('/feel') || language.includes('spec/dmn')
    : language === 'http://www.w3.org/1999/xpath' || language === 'http://www.w3.org/2001/xmlschema' || language === 'juel'
}

/** Anything between `${` or `#{` and `}` is run by the engine wherever it stands, so every text and attribute is looked at. */
function expressionFindings({ name, attributes, text }: XmlElement, find: Find): ModelFinding[] {
  return valuesAndText({ attributes, text }).filter(value => /[$#]\{/.test(value) && !isSafeExpression(value))
    .map(value => find('expression', `${name} 的表达式 ${value} 不在允许的范围内，只可用 \${变量} 和简单比较`))
}

/** Cells of a table are FEEL: data, comparisons and lists, no functions of Java and no expressions of the engine. */
function decisionFindings({ name, attributes, text }: XmlElement, find: Find): ModelFinding[] {
  return valuesAndText({ attributes, text }).filter(value => /[$#]\{|\bexternal\b|\bfunction\s*\(/.test(value))
    .map(value => find('expression', `${name} 中的 ${value} 不允许出现在决策表中`))
}

type RawNode = Record<string, unknown>

/** One shape for every element: local names without prefix, all attributes, direct text with CDATA and across comments. */
function toElement(node: RawNode): XmlElement[] {
  const name = Object.keys(node).find(key => key !== ':@')
  if (name === undefined || name === '#text' || name.startsWith('?')) return []
  const children = node[name] as RawNode[]
  const raw = (node[':@'] ?? {}) as Record<string, string>
  const text = children.flatMap(child => ('#text' in child ? [String(child['#text'])] : [])).join('')
  return [{
    name: localName(name),
    attributes: Object.entries(raw).map(([key, value]) => [localName(key), decode(value)] as const),
    children: children.flatMap(toElement),
    text: decode(text)
  }]
}

function valuesOf({ attributes }: Pick<XmlElement, 'attributes'>, name: string): string[] {
  return attributes.flatMap(([key, value]) => (key === name ? [value] : []))
}

function valuesAndText({ attributes, text }: Pick<XmlElement, 'attributes' | 'text'>): string[] {
  return [...attributes.map(([, value]) => value), text]
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

/** Numeric references that the parser may have left, so that nothing is hidden behind one. */
function decode(value: string): string {
  return value.replace(/&#(x[0-9a-f]+|\d+);/gi, (_, code: string) =>
    String.fromCodePoint(code[0]?.toLowerCase() === 'x' ? Number.parseInt(code.slice(1), 16) : Number(code)))
}
