import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { settings } from '../core/config.ts'
import type { Setting } from '../core/config.ts'
import { catalogue } from '../core/errors.ts'
import { asvsPage } from './generate/asvs.ts'
import { clauseMapPage } from './generate/clause-map.ts'
import { formMapPage } from './generate/form-map.ts'

/** Files that are made from others. `npm run generate` writes them; a test calls this with `isCheck` and wants no difference. */
export function generate(isCheck: boolean): string[] {
  const made: Record<string, string> = {
    'docs/asvs.md': asvsPage(),
    'docs/errors.md': errorsPage(),
    'docs/config.md': configPage(),
    'docs/form-map.md': formMapPage(),
    'docs/clause-map.md': clauseMapPage(),
    '.env.example': environmentExample(),
    'web/src/shared/api.generated.ts': openApiTypes()
  }
  const differing = Object.keys(made).filter(file => !existsSync(file) || readFileSync(file, 'utf8') !== made[file])
  if (!isCheck) for (const file of differing) writeFileSync(file, made[file]!)
  return differing
}

function errorsPage(): string {
  const rows = Object.entries(catalogue).map(([code, entry]) => `| \`${code}\` | ${entry.status} | ${entry.message} |`)
  return ['# Errors', '', 'Made from `core/errors.ts` by `npm run generate`. A code is never reused.', '',
    '| code | status | what the person reads |', '|---|--:|---|', ...rows, ''].join('\n')
}

function configPage(): string {
  const rows = settings.map((one: Setting) => `| \`${one.env}\` | ${typeOf(one)} | ${defaultOf(one)} | ${one.doc} |`)
  return ['# Configuration', '', 'Made from `core/config.ts` by `npm run generate`. A secret has no default; see SECURITY.', '',
    '| variable | type | default | meaning |', '|---|---|---|---|', ...rows, ''].join('\n')
}

const typeOf = (one: Setting) => (typeof one.type === 'string' ? one.type : one.type.join(', '))

function defaultOf(one: Setting): string {
  if (one.secret) return 'none'
  const production = one.production === undefined ? '' : `; in production \`${one.production}\``
  return (one.default ? `\`${one.default}\`` : 'empty') + production
}

function environmentExample(): string {
  return settings.map((one: Setting) => `# ${one.doc}\n#${one.env}=${one.default ?? ''}\n`).join('')
}

function openApiTypes(): string {
  return execFileSync('node_modules/.bin/openapi-typescript', ['server/openapi.yaml'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
}

if (process.argv[1]?.endsWith('generate.ts')) {
  const written = generate(false)
  console.log(written.length ? `written: ${written.join(', ')}` : 'everything is up to date')
}
