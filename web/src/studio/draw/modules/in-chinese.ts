import { chineseFor } from '../words/index.ts'

/** Words around a number, e.g. `List contains 2 items`. */
const PARTS: readonly (readonly [RegExp, string])[] = [
  [/^(?:Focus|View) process instance (.+)$/, '查看这一件 $1'], [/^List contains (\d+) items?$/, '共 $1 项'],
  [/^(.*\p{Script=Han}.*) started$/u, '$1：开始'], [/^(.*\p{Script=Han}.*) finished$/u, '$1：结束'], [/^(.*\p{Script=Han}.*) canceled$/u, '$1：取消']
]
const ATTRIBUTES = ['title', 'aria-label', 'placeholder'] as const

/** What some packages write without asking a dictionary, put into Chinese as soon as it is there. It ends with `stop`. */
export function speakChinese(...roots: readonly HTMLElement[]): { stop(): void } {
  const observer = new MutationObserver(changes => {
    for (const { target, addedNodes } of changes) for (const node of [target, ...addedNodes]) translateNode(node)
  })
  for (const root of roots) {
    observer.observe(root, { childList: true, subtree: true, characterData: true, attributeFilter: [...ATTRIBUTES] })
    translateNode(root)
  }
  return { stop: () => observer.disconnect() }
}

function translateNode(node: Node): void {
  if (node instanceof Text) {
    const words = inChinese(node.data.trim())
    if (words) node.data = node.data.replace(node.data.trim(), words)
    return
  }
  if (!(node instanceof Element) || node instanceof SVGElement) return
  for (const name of ATTRIBUTES) {
    const words = inChinese(node.getAttribute(name) ?? '')
    if (words) node.setAttribute(name, words)
  }
  for (const child of node.childNodes) translateNode(child)
}

function inChinese(text: string): string | undefined {
  const part = PARTS.find(([form]) => form.test(text))
  return part ? text.replace(...part) : chineseFor(text)
}
