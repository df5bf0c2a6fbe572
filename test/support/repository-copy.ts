import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'

/** What a region's folders, and the tests that read them, need of the repository. */
const COPIED = [
  'departments', 'docs', 'forms', 'processes', 'regions', 'scripts', 'server', 'test', 'workers', 'package.json', 'tsconfig.json',
  '.mocharc.json'
]
/** Code that both run must be the same to both: an error that one throws is known to the other. */
const LINKED = ['core', 'node_modules']
/** The rooms in which a region has a folder of its name. */
const REGION_ROOMS = ['forms', 'processes', 'regions', 'workers']

export interface RepositoryCopy {
  readonly root: string
  /** Runs a script of ours by its file in the copy. */
  script(file: string, ...args: string[]): Promise<Ended>
  /** Runs a command of node_modules/.bin in the copy. */
  command(name: string, ...args: string[]): Promise<Ended>
  /** Rewrites a file of the copy; a change that changes nothing is a mistake of the test. */
  edit(path: string, by: (text: string) => string): void
  /** Paths whose content is not that of the repository, those of the region's own folders left out. */
  differences(region: string): string[]
  remove(): void
}

export interface Ended {
  readonly code: number
  readonly output: string
}

/** Copies the rooms of the repository to a temporary folder, for a test that adds to them. */
export function copyRepository(): RepositoryCopy {
  const root = mkdtempSync(join(tmpdir(), 'repository-'))
  const repository = process.cwd()
  for (const name of COPIED) cpSync(join(repository, name), join(root, name), { recursive: true })
  for (const name of LINKED) symlinkSync(join(repository, name), join(root, name))
  const run = (command: string, args: readonly string[]) => new Promise<Ended>(resolve => {
    execFile(command, args, { cwd: root, maxBuffer: 2 ** 24 }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, output: stdout + stderr }))
  })
  return {
    root,
    script: (file, ...args) => run(process.execPath, ['--import', 'tsx', file, ...args]),
    command: (name, ...args) => run(join('node_modules', '.bin', name), args),
    edit(path, by) {
      const text = readFileSync(join(root, path), 'utf8')
      const changed = by(text)
      if (changed === text) throw new Error(`${path} is as it was`)
      writeFileSync(join(root, path), changed)
    },
    differences(region) {
      const own = REGION_ROOMS.map(room => join(room, region, '/'))
      const paths = new Set([root, repository].flatMap(folder => COPIED.flatMap(name => filesOf(folder, name))))
      return [...paths].filter(path => !own.some(folder => path.startsWith(folder)))
        .filter(path => contentOf(join(root, path)) !== contentOf(join(repository, path))).sort()
    },
    remove: () => rmSync(root, { recursive: true, force: true })
  }
}

/** All files at or below a name, by their paths from `folder`. */
function filesOf(folder: string, name: string): string[] {
  if (!existsSync(join(folder, name))) return []
  if (statSync(join(folder, name)).isFile()) return [name]
  return readdirSync(join(folder, name), { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
    .map(entry => relative(folder, join(entry.parentPath, entry.name)))
}

const contentOf = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, 'latin1') : undefined)
