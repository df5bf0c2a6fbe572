import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const REPOSITORY = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

export interface Arguments {
  /** What is to be made. */
  readonly target: string
  readonly root: string
  readonly options: Readonly<Record<string, string | undefined>>
}

/**
 * Reads `<target> [--name value …] [--root folder]`.
 * @throws Error with `usage` when the target is missing, or something else is given
 */
export function readArguments(usage: string, names: readonly string[]): Arguments {
  const options = Object.fromEntries([...names, 'root'].map(name => [name, { type: 'string' as const }]))
  try {
    const { values, positionals: [target, ...more] } = parseArgs({ options, allowPositionals: true })
    if (target === undefined || more.length > 0) throw new Error('one target is wanted')
    const { root, ...rest } = values as Record<string, string | undefined>
    return { target, root: resolve(root ?? REPOSITORY), options: rest }
  } catch {
    throw new Error(`用法：${usage}`)
  }
}

/** Runs a command: its answer is printed, and a refusal is one line for a person. */
export function run(command: () => string): void {
  try {
    console.log(command())
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
