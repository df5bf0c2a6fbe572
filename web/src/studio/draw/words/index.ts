import { ELEMENTS } from './elements.ts'
import { PANEL } from './panel.ts'
import { SIMULATION } from './simulation.ts'
import { TOOLS } from './tools.ts'

/** Everything that the modeller's packages say, in Chinese, by what they say in English. */
const WORDS: Readonly<Record<string, string>> = { ...TOOLS, ...ELEMENTS, ...PANEL, ...SIMULATION }

/** The packages write one name in several ways: `Sub-process`, `Sub Process`. */
const plain = (text: string): string => text.toLowerCase().replaceAll('-', ' ')
const PLAIN = new Map(Object.entries(WORDS).map(([english, chinese]) => [plain(english), chinese]))

/** The Chinese for what a package says; undefined when it is none of its words. */
export function chineseFor(english: string): string | undefined {
  return Object.hasOwn(WORDS, english) ? WORDS[english] : PLAIN.get(plain(english))
}
