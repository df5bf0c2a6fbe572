import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig } from '../core/config.ts'
import type { Config, DepartmentSystem, Environment } from '../core/config.ts'
import { createLog } from '../core/log.ts'
import { createTracer } from '../core/spans.ts'
import { departmentNames, startDepartments } from './start.ts'
import type { RunningDepartments } from './start.ts'

export { startDepartments } from './start.ts'
export type { RunningDepartments, StartOptions } from './start.ts'

/** Starts what `DEPARTMENTS` names (all when it is empty) and ends on SIGTERM, SIGINT, or when the parent is gone. */
async function main(env: Environment): Promise<void> {
  const config = readConfig(env, readSecret, ['OIDC_CLIENT_SECRET', 'DEPARTMENT_CALLBACK_SECRET', 'DEMO_PASSWORD'])
  const log = createLog({ level: config.logLevel, name: 'departments', pretty: process.stdout.isTTY })
  const tracer = createTracer({ endpoint: config.tracesUrl, service: 'departments', log, fetch })
  const names = chosen(env.DEPARTMENTS, config)
  const departments = await startDepartments({
    names,
    host: config.host,
    ports: Object.fromEntries(names.map(name => [name, portOf(config.departmentUrls[name])])),
    urls: config.departmentUrls,
    dataDir: config.dataDir,
    ...(config.regionsDir ? { regionsRoot: config.regionsDir } : {}),
    dayMs: config.departmentDayMs,
    internalUrl: config.internalUrl,
    callbackSecret: config.departmentCallbackSecret,
    publicUrl: config.publicUrl,
    issuer: config.departmentUrls.identity,
    oidcClientId: config.oidcClientId,
    oidcClientSecret: config.oidcClientSecret,
    demoPassword: config.demoPassword,
    log,
    tracer
  })
  endWithParent(departments)
  log.info({ urls: departments.urls }, '部门模拟系统已启动')
  process.send?.({ type: 'ready' })
}

/** Everybody can log in to the identity stand-in with one password, so production has to ask for it by name. */
function chosen(list: string | undefined, { isDevelopment }: Config): readonly DepartmentSystem[] {
  const names = (list ?? '').split(',').map(name => name.trim()).filter(Boolean)
  const unknown = names.filter(name => !(departmentNames as readonly string[]).includes(name))
  if (unknown.length > 0) throw new Error(`DEPARTMENTS：没有 ${unknown.join('、')}，只能是 ${departmentNames.join('、')}`)
  if (names.length > 0) return names as DepartmentSystem[]
  return isDevelopment ? departmentNames : departmentNames.filter(name => name !== 'identity')
}

function portOf(url: string): number {
  const { port, protocol } = new URL(url)
  return Number(port) || (protocol === 'https:' ? 443 : 80)
}

function readSecret(name: string, dataDir: string): string | undefined {
  const file = join(dataDir, 'secrets', name)
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

function endWithParent(departments: RunningDepartments): void {
  let isEnding = false
  const end = (): void => {
    if (isEnding) return
    isEnding = true
    departments.stop().then(() => process.exit(0), () => process.exit(1))
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'disconnect']) process.on(signal, end)
}

if (process.argv[1] && realpathSync(process.argv[1]) === realpathSync(import.meta.filename)) {
  await main(process.env).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  })
}
