interface Mistake {
  readonly path: string
  readonly message: string
}

const MATERIAL = /^\/materials\/([^/]+)/

/** Pointer of what a correction asks about one material; the page has its block under the id of this pointer. */
export const materialPointer = (code: string): string => `/materials/${code}`

/**
 * The server's mistakes of a correction, those of a material at its block and by its name: “请补正此项” alone does not say which.
 * `sent` are the codes of the files in the order in which they were sent, since the server calls these by their place.
 */
export function mistakesOf(problems: readonly Mistake[], sent: readonly string[], nameOf: (code: string) => string): Mistake[] {
  return problems.map(({ path, message }) => {
    const [, part] = MATERIAL.exec(path) ?? []
    if (part === undefined) return { path, message }
    const code = sent[Number(part)] ?? part
    const name = nameOf(code)
    return { path: materialPointer(code), message: message.includes(name) ? message : `${name}：${message}` }
  })
}
