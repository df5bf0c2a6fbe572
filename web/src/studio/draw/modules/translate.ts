import { chineseFor } from '../words/index.ts'

/** What the packages say in English, in our words; `{name}` in either stands for a value. */
export function translate(template: string, values: Readonly<Record<string, string>> = {}): string {
  return (chineseFor(template) ?? template).replace(/\{([^}]+)\}/g, (hole, name: string) => String(values[name] ?? hole))
}

export const translateModule = { translate: ['value', translate] }
