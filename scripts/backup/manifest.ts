import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../../core/config.ts'
import { urlOfJdbc } from './postgres.ts'
import { Refusal } from './refusal.ts'

/** What lies in a backup beside the stored files of `uploads/`. */
export interface Manifest {
  readonly version: 1
  /** RFC 3339. */
  readonly takenAt: string
  readonly database: 'sqlite' | 'postgresql'
  /** Whether the engine's database is there, too; `shared`: it is the server's own. */
  readonly engine: 'none' | 'shared' | 'own'
  readonly files: number
}

export const SERVER_DUMP = 'server.dump'
export const ENGINE_DUMP = 'engine.dump'
const NAME = 'manifest.json'

/** The databases of an installation. */
export interface Databases {
  readonly kind: Manifest['database']
  /** '' = SQLite. */
  readonly server: string
  /** Undefined: the engine's database is not PostgreSQL, or is the server's own. */
  readonly engine: string | undefined
  readonly engineKind: Manifest['engine']
}

export function databasesOf({ databaseUrl, engineDatabase }: Pick<Config, 'databaseUrl' | 'engineDatabase'>): Databases {
  const engine = urlOfJdbc(engineDatabase)
  const engineKind = engine === undefined ? 'none' : placeOf(engine) === placeOf(databaseUrl) ? 'shared' : 'own'
  return { kind: databaseUrl === '' ? 'sqlite' : 'postgresql', server: databaseUrl, engine: engineKind === 'own' ? engine : undefined, engineKind }
}

function placeOf(url: string): string {
  if (url === '') return ''
  const { hostname, port, pathname } = new URL(url)
  return `${hostname}:${port || '5432'}${pathname}`
}

export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  await writeFile(join(folder, NAME), JSON.stringify(manifest), { mode: 0o600 })
}

export async function readManifest(folder: string): Promise<Manifest> {
  const manifest = JSON.parse(await readFile(join(folder, NAME), 'utf8')) as Manifest
  if (manifest.version !== 1) throw new Refusal('备份由更新版本的程序生成，请用同一版本或更新版本的程序恢复；没有改动任何数据')
  return manifest
}
