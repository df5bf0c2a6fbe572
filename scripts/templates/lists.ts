/**
 * Appends an entry to the list `"key": [ … ]` of a JSON text whose closing bracket stands on a line of its own, indented by
 * `indent`; `from` is a text before the list, where the key alone would find another one. The rest of the file stays as its
 * author laid it out.
 * @throws Error when there is no such list
 */
export function appendToList(json: string, key: string, entry: object, indent = '  ', from = ''): string {
  const start = json.indexOf(`"${key}": [\n`, json.indexOf(from))
  const end = json.indexOf(`\n${indent}]`, start)
  if (start < 0 || end < 0) throw new Error(`没有找到列表“${key}”，请手工加入：${oneLine(entry)}`)
  const isEmpty = !json.slice(start, end).includes('{')
  return `${json.slice(0, end)}${isEmpty ? '' : ','}\n${indent}  ${oneLine(entry)}${json.slice(end)}`
}

/** `{"a": 1, "b": ["x"]}`, as the lists of the regions are written. */
function oneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{${Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}: ${oneLine(one)}`).join(', ')}}`
}
