import { readFileSync } from 'node:fs'
import { readConfig, settings } from '../../core/config.ts'
import type { Environment, SecretName } from '../../core/config.ts'

/** A part of the system as compose.yaml or a manifest starts it. */
export interface Part {
  readonly name: string
  readonly image: string
  readonly command: readonly string[]
  readonly environment: Environment
  /** Files mounted as secrets, by their whole path in the container. */
  readonly secretFiles: readonly string[]
}

export const version = (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version

const dockerfile = (kind: 'node' | 'engine'): string => readFileSync(`docker/${kind}.Dockerfile`, 'utf8')

/** What an image sets by itself. */
export function environmentOfImage(kind: 'node' | 'engine'): Record<string, string> {
  const lines = [...dockerfile(kind).matchAll(/^ENV (.+)$/gm)].flatMap(([, line]) => line!.split(' '))
  return Object.fromEntries(lines.map(pair => pair.split(/=(.*)/).slice(0, 2) as [string, string]))
}

/** Bases that the images are built from. */
export const basesOf = (kind: 'node' | 'engine'): string[] => [...dockerfile(kind).matchAll(/^FROM (\S+)/gm)].map(([, base]) => base!)

/** The program that a part of the node image runs. */
export function mainOf({ command }: Part): string {
  const [node, flag, loader, main] = command.length > 0 ? command : ['node', '--import', 'tsx', 'server/main.ts']
  if (node !== 'node' || flag !== '--import' || loader !== 'tsx' || !main) throw new Error(`odd command: ${command.join(' ')}`)
  return main
}

/** Where a program's configuration is read, if not in itself. */
const READERS: Readonly<Record<string, string>> = {
  'scripts/deploy.ts': 'scripts/system/engine-of-environment.ts', 'scripts/backup.ts': 'scripts/backup/command.ts'
}

/** The secrets that a program says it needs, read from the program itself. */
function needsOf(main: string): SecretName[] {
  const source = readFileSync(READERS[main] ?? main, 'utf8')
  const list = /readConfig\([\w.]+, readSecret, (\[[^\]]*\])/.exec(source) ?? /const SECRETS.* = (\[[^\]]*\])/.exec(source)
  if (!list) throw new Error(`${main} does not say which secrets it needs`)
  return JSON.parse(list[1]!.replaceAll("'", '"')) as SecretName[]
}

const SAMPLES: Readonly<Record<string, string>> = {
  'data-key': Buffer.alloc(32, 1).toString('base64'), 'backup-key': Buffer.alloc(32, 2).toString('base64'),
  'database-url': 'postgres://yijianshi:word@postgres:5432/server'
}

/**
 * Reads a part's configuration as the part itself would: its environment above that of its image, its secrets from the files
 * that are mounted where it looks. @throws AppError CONFIG_INVALID naming what is missing or wrong
 */
export function configurationOf(part: Part) {
  const env = { ...environmentOfImage('node'), ...part.environment }
  const mounted = new Set(part.secretFiles)
  return readConfig(env, (name, dataDir) => (mounted.has(`${dataDir}/secrets/${name}`) ? SAMPLES[name] ?? 'a-secret-of-tests' : undefined), needsOf(mainOf(part)))
}

/** Whether a backup by this part holds everything: both databases, by the addresses and the account of the parts that use them. */
export function holdsEverything(backup: Part, engine: Part): boolean {
  const { databaseUrl, engineDatabase: { url, user, password } } = configurationOf(backup)
  return databaseUrl !== '' && url.startsWith('jdbc:postgresql://') && password !== ''
    && url === engine.environment.ENGINE_DB_URL && user === engine.environment.ENGINE_DB_USER
}

const names = new Set<string>(settings.map(one => one.env))
const ofEngine = new Set([
  ...[...readFileSync('engine/src/main/resources/application.yml', 'utf8').matchAll(/\$\{(\w+)/g)].map(([, name]) => name!),
  // Spring Boot's own: where the engine listens, and files that are settings.
  'SERVER_ADDRESS', 'SPRING_CONFIG_IMPORT', 'JAVA_TOOL_OPTIONS'
])
const secrets = new Set<string>(settings.filter(one => 'secret' in one).map(one => one.env))

/** Variables that the part does not read, and secrets that stand in the open. */
export function oddVariables({ environment, image }: Part): string[] {
  const known = image.includes('engine') ? ofEngine : new Set([...names, 'DEPARTMENTS'])
  return Object.keys(environment).filter(name => !known.has(name) || secrets.has(name))
}

/** An image of ours has the version of the project; any other a version and never `latest`. */
export const isPinned = (image: string): boolean => (image.startsWith('yijianshi/') ? image.endsWith(`:${version}`) : /:v?\d+\.\d+/.test(image))

/** Paths that answer whether a part is well, read from the parts. */
export const probes: Readonly<Record<'server' | 'workers' | 'engine' | 'departments', readonly string[]>> = {
  server: pathsIn('server/routes/health.ts', /router\.get\('([^']+)'/g),
  workers: pathsIn('workers/runtime/health.ts', /path === '([^']+)'/g),
  engine: pathsIn('engine/src/main/java/cn/yijianshi/engine/Application.java', /requestMatchers\("([^"]+)"\)\.permitAll/g),
  departments: pathsIn('departments/common/request-app.ts', /app\.get\('([^']+)'/g)
}

function pathsIn(file: string, pattern: RegExp): string[] {
  return [...readFileSync(file, 'utf8').matchAll(pattern)].map(([, path]) => path!)
}
