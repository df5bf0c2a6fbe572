import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadPeople } from '../departments/people/index.ts'
import type { System } from './system/system.ts'
import { startSystem } from './system/system.ts'

const PROGRESS_MS = 10_000
const begun = Date.now()
let system: System | undefined
let isEnding = false

function say(text: string): void {
  console.log(`[${new Date().toTimeString().slice(0, 8)}] ${text}`)
}

/** The second Ctrl-C of an impatient person must not leave half of the processes behind: it is heard and changes nothing. */
async function end(code: number): Promise<void> {
  if (isEnding) return
  isEnding = true
  say('stopping server, workers, departments and engine …')
  await system?.stop()
  say('stopped')
  process.exit(code)
}

async function main(): Promise<void> {
  const port = Number(process.env.PORT ?? 3000)
  const dataDir = process.env.DATA_DIR ?? 'var'
  const engine = process.env.ENGINE === 'camunda' ? 'camunda' : 'operaton'
  process.on('SIGINT', () => void end(0))
  process.on('SIGTERM', () => void end(0))
  const ticker = setInterval(() => say(`starting … ${Math.round((Date.now() - begun) / 1000)} s`), PROGRESS_MS)
  const root = dirname(dirname(fileURLToPath(import.meta.url)))
  try {
    system = await startSystem({ port, dataDir, engine, root, env: handedOn(), ...engineDatabase() }, {
      say,
      onGivingUp: message => { console.error(message); void end(1) }
    })
  } finally {
    clearInterval(ticker)
  }
  if (isEnding) await system.stop()
  else report(system)
}

/** Settings a person gave to this command, for the children; secrets and addresses are derived unless given. */
function handedOn(): NodeJS.ProcessEnv {
  const names = ['NODE_ENV', 'NOW', 'DATABASE_URL', 'DATABASE_POOL', 'LOG_LEVEL', 'PUBLIC_URL', 'REGIONS_DIR', 'READY_REQUIRES',
    'DECISION_UNDO_SECONDS', 'DEPARTMENT_DAY_MS', 'DEMO_PASSWORD', 'DATA_KEY', 'HASH_KEY', 'SESSION_SECRET', 'ENGINE_PASSWORD',
    'OIDC_CLIENT_SECRET', 'WORKER_TOKEN_SECRET', 'DEPARTMENT_CALLBACK_SECRET', 'DEPARTMENTS', 'OTEL_EXPORTER_OTLP_ENDPOINT']
  return Object.fromEntries(names.flatMap(name => (process.env[name] ? [[name, process.env[name]]] : [])))
}

function engineDatabase() {
  const { ENGINE_DB_URL: url, ENGINE_DB_USER: user, ENGINE_DB_PASSWORD: password } = process.env
  return url ? { engineDatabase: { url, user: user ?? '', password: password ?? '' } } : {}
}

function report(running: System): void {
  const people = loadPeople(undefined, process.env.REGIONS_DIR || undefined).map(person => person.account)
  const listed = (pattern: RegExp) => people.filter(account => pattern.test(account)).join(' ')
  say(`ready after ${Math.round((Date.now() - begun) / 1000)} s`)
  console.log([
    '',
    `  申请与办理  ${running.baseUrl}`,
    `  接口        ${running.baseUrl}/api/v1/regions`,
    `  演示账号    ${listed(/^citizen-[a-z]+-\d+$/)}`,
    `              ${listed(/^(?!citizen)/)}`,
    `  演示密码    ${running.secrets.DEMO_PASSWORD}  （本机首次启动时生成，保存在 ${running.options.dataDir}/secrets）`,
    '',
    '  npm run demo                         从提交到送达演示一件事',
    '  npm run -s login -- citizen-gx-1     取得登录后的 Cookie',
    '  Ctrl-C                               停止',
    ''
  ].join('\n'))
}

main().catch(async (error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  await end(1)
})
