import { readDataKeys } from './data-keys.ts'
import { AppError } from './errors.ts'
import type { FieldProblem } from './errors.ts'

type SettingType = 'port' | 'integer' | 'text' | 'list' | 'http-url' | 'database-url' | 'instant' | 'key' | 'secret' | readonly string[]

export interface Setting {
  readonly env: string
  readonly type: SettingType
  /** Text as it would stand in the environment; `<PORT+n>` is a port counted from PORT. A secret has none. */
  readonly default?: string
  /** Default in production, where it differs. */
  readonly production?: string
  readonly doc: string
  /** May also be read from the file that `secretFileName` names. */
  readonly secret?: true
  /** No secret by itself, but it may hold one: may be read from such a file, too. */
  readonly mayBeFile?: true
  /** Not asked for in production. */
  readonly developmentOnly?: true
  /** A secret that only a command which names it reads; no process of the system is handed it. */
  readonly commandOnly?: true
}

const setting = <const S extends Setting>(one: S): S => Object.freeze(one)
const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

/** Every environment variable that the project reads; `docs/config.md` and `.env.example` are made from it. */
export const settings = Object.freeze([
  setting({ env: 'NODE_ENV', type: ['development', 'production'], default: 'development', doc: '运行环境：development 开发，production 生产' }),
  setting({ env: 'PORT', type: 'port', default: '3000', doc: '网页和公开接口的端口，其他端口由它推算' }),
  setting({ env: 'HOST', type: 'text', default: '127.0.0.1', doc: '网页和公开接口监听的地址' }),
  setting({ env: 'INTERNAL_HOST', type: 'text', default: '127.0.0.1', doc: '内部接口和办件程序状态页监听的地址；改动后须由网络保证只有系统各部分能访问' }),
  setting({ env: 'PUBLIC_URL', type: 'http-url', default: 'http://localhost:<PORT>', doc: '用户访问的网址，其他主机名会转到这里' }),
  setting({ env: 'TRUSTED_PROXIES', type: 'list', default: '', doc: '转发用户请求的代理（IP、网段或 loopback、uniquelocal），只采信它们告知的用户地址；留空则在 https 时为 loopback' }),
  setting({ env: 'DATA_DIR', type: 'text', default: './var', doc: '数据目录：数据库文件、上传材料、密钥文件' }),
  setting({ env: 'LOG_LEVEL', type: levels, default: 'info', doc: '日志级别' }),
  setting({ env: 'DATABASE_URL', type: 'database-url', default: '', mayBeFile: true, doc: '数据库地址 postgres://…；留空则用数据目录下的 SQLite 文件' }),
  setting({ env: 'DATABASE_POOL', type: 'integer', default: '10', doc: 'PostgreSQL 连接数上限' }),
  setting({ env: 'ENGINE_URL', type: 'http-url', default: 'http://127.0.0.1:<PORT+10>/engine-rest', doc: '流程引擎的 REST 地址' }),
  setting({ env: 'ENGINE_USER', type: 'text', default: 'engine', doc: '流程引擎的用户名' }),
  setting({ env: 'ENGINE_PASSWORD', type: 'secret', secret: true, doc: '流程引擎的口令' }),
  setting({ env: 'INTERNAL_URL', type: 'http-url', default: 'http://127.0.0.1:<PORT+1>', doc: '内部接口的地址，只供办件程序和部门回调使用' }),
  setting({ env: 'HRSS_URL', type: 'http-url', default: 'http://127.0.0.1:<PORT+21>', doc: '人社系统的地址' }),
  setting({ env: 'MEDICAL_URL', type: 'http-url', default: 'http://127.0.0.1:<PORT+22>', doc: '医保系统的地址' }),
  setting({ env: 'TAX_URL', type: 'http-url', default: 'http://127.0.0.1:<PORT+23>', doc: '税务系统的地址' }),
  setting({ env: 'DATA_SHARING_URL', type: 'http-url', default: 'http://127.0.0.1:<PORT+24>', doc: '公共数据平台的地址' }),
  setting({ env: 'IDENTITY_URL', type: 'http-url', default: 'http://127.0.0.1:<PORT+25>', doc: '统一身份认证的地址（OIDC 发行者）' }),
  setting({ env: 'POST_URL', type: 'http-url', default: 'http://127.0.0.1:<PORT+26>', doc: '邮寄系统的地址' }),
  setting({ env: 'MESSAGE_URL', type: 'http-url', default: 'http://127.0.0.1:<PORT+27>', doc: '短信系统的地址' }),
  setting({ env: 'PLATFORM_URL', type: 'http-url', default: 'http://127.0.0.1:<PORT+28>', doc: '政务服务平台的地址，代入各地区 platform.json 的 resultsUrl' }),
  setting({ env: 'WORKERS_URLS', type: 'list', default: 'http://127.0.0.1:<PORT+2>', doc: '各办件程序的状态地址，用逗号分隔' }),
  setting({ env: 'OIDC_CLIENT_ID', type: 'text', default: 'yijianshi-server', doc: '在统一身份认证登记的客户端编号' }),
  setting({ env: 'OIDC_CLIENT_SECRET', type: 'secret', secret: true, doc: '在统一身份认证登记的客户端密钥' }),
  setting({ env: 'WORKER_TOKEN_SECRET', type: 'secret', secret: true, doc: '办件程序访问内部接口的令牌签名密钥（HS256）' }),
  setting({ env: 'DATA_KEY', type: 'key', secret: true, doc: '个人信息加密密钥：32 字节的 base64；更换后为“k2:新密钥 k1:旧密钥”，第一个用于加密' }),
  setting({ env: 'HASH_KEY', type: 'secret', secret: true, doc: '个人信息检索用的散列密钥，更换后原有检索失效' }),
  setting({ env: 'SESSION_SECRET', type: 'secret', secret: true, doc: '登录会话的签名密钥' }),
  setting({ env: 'DEPARTMENT_CALLBACK_SECRET', type: 'secret', secret: true, doc: '部门回调的签名密钥' }),
  setting({ env: 'DEMO_PASSWORD', type: 'secret', secret: true, developmentOnly: true, doc: '演示账号的共同口令，只用于开发' }),
  setting({ env: 'ENGINE_DB_URL', type: 'text', default: '', doc: '流程引擎的数据库地址 jdbc:postgresql://…；留空则引擎用自带的文件数据库' }),
  setting({ env: 'ENGINE_DB_USER', type: 'text', default: '', doc: '流程引擎的数据库用户名' }),
  setting({ env: 'ENGINE_DB_PASSWORD', type: 'text', secret: true, commandOnly: true, doc: '流程引擎的数据库口令' }),
  setting({
    env: 'BACKUP_KEY', type: 'key', secret: true, commandOnly: true,
    doc: '备份文件的加密密钥：32 字节的 base64（openssl rand -base64 32）；更换后为“k2:新密钥 k1:旧密钥”；只由备份和恢复命令读取'
  }),
  setting({ env: 'NOW', type: 'instant', default: '', doc: '业务时钟的起点（RFC 3339）；留空则为当前时间' }),
  setting({ env: 'DECISION_UNDO_SECONDS', type: 'integer', default: '0', production: '10', doc: '办理意见可以撤销的秒数' }),
  setting({ env: 'STAFF_SESSIONS', type: 'integer', default: '0', production: '3', doc: '工作人员同时登录的上限，0 为不限' }),
  setting({ env: 'DEPARTMENT_DAY_MS', type: 'integer', default: '1000', doc: '部门模拟系统的一天折合的毫秒数' }),
  setting({
    env: 'READY_REQUIRES', type: 'list', default: 'engine,deployments,identity,departments,workers', production: 'database',
    doc: '/readyz 等待的部分，用逗号分隔'
  }),
  setting({ env: 'REGIONS_DIR', type: 'text', default: '', doc: '含 regions、forms、processes、workers 的目录；留空则为程序目录' }),
  setting({ env: 'OTEL_EXPORTER_OTLP_ENDPOINT', type: 'http-url', default: '', doc: '接收调用链的 OTLP/HTTP 地址，例如 http://127.0.0.1:4318；留空则不发送' }),
  setting({ env: 'YJS_CIPHER', type: ['aes-256-gcm', 'sm4'], default: 'aes-256-gcm', doc: '个人信息的加密算法' })
])

export type SettingName = (typeof settings)[number]['env']
export type SecretName = Extract<(typeof settings)[number], { secret: true }>['env']

export interface Config {
  readonly isDevelopment: boolean
  readonly port: number
  readonly host: string
  /** Where the internal interface and the workers' health listen. */
  readonly internalHost: string
  readonly publicUrl: string
  /** Addresses, networks or names that Express knows; [] = none, or this machine when the public address is https. */
  readonly trustedProxies: readonly string[]
  readonly dataDir: string
  readonly logLevel: (typeof levels)[number]
  /** '' = the SQLite file of `dataDir`. */
  readonly databaseUrl: string
  readonly databasePool: number
  readonly engineUrl: string
  readonly engineUser: string
  readonly enginePassword: string
  readonly internalUrl: string
  readonly departmentUrls: Readonly<Record<DepartmentSystem, string>>
  /** Where each process of workers tells life and figures. */
  readonly workersUrls: readonly string[]
  readonly oidcClientId: string
  readonly oidcClientSecret: string
  readonly workerTokenSecret: string
  /** The list that `readDataKeys` reads. */
  readonly dataKey: string
  readonly hashKey: string
  readonly sessionSecret: string
  readonly departmentCallbackSecret: string
  /** '' in production. */
  readonly demoPassword: string
  /** Address as JDBC writes it, '' = the engine's own file; for the commands that handle its database. */
  readonly engineDatabase: { readonly url: string; readonly user: string; readonly password: string }
  /** The list that `readDataKeys` reads; '' unless it was asked for. */
  readonly backupKey: string
  /** '' or an RFC 3339 instant. */
  readonly now: string
  readonly decisionUndoSeconds: number
  /** 0 = no bound. */
  readonly staffSessions: number
  readonly departmentDayMs: number
  readonly readyRequires: readonly string[]
  /** '' = the root of the program. */
  readonly regionsDir: string
  readonly cipher: 'aes-256-gcm' | 'sm4'
  /** Base of the OTLP receiver of traces; '' = none. */
  readonly tracesUrl: string
}

export type DepartmentSystem = 'hrss' | 'medical' | 'tax' | 'data-sharing' | 'identity' | 'post' | 'message' | 'platform'
export type Environment = Readonly<Record<string, string | undefined>>
/** Text of a secret's file `<dataDir>/secrets/<name>`, undefined when there is none. */
export type ReadSecret = (name: string, dataDir: string) => string | undefined

/** Name of the file below `DATA_DIR/secrets` that may hold a secret: `DATA_KEY` → `data-key`. */
export function secretFileName(env: string): string {
  return env.toLowerCase().replaceAll('_', '-')
}

/**
 * Reads the configuration once, at the start of a process. Secrets come from the environment, else from `readSecret`.
 * `needs` names the secrets this process must have (all when left out); the others are '' when absent.
 * @throws AppError CONFIG_INVALID whose `fields` name every missing, wrong and unknown variable together.
 */
export function readConfig(env: Environment, readSecret?: ReadSecret, needs?: readonly SecretName[]): Config {
  const problems: FieldProblem[] = unknownVariables(env)
  const values: Record<string, string> = {}
  const dataDir = env.DATA_DIR || './var'
  const isProduction = env.NODE_ENV === 'production'
  const port = Number(env.PORT || '3000')
  for (const one of settings as readonly Setting[]) {
    if (one.commandOnly && !needs?.includes(one.env as SecretName)) {
      values[one.env] = ''
      continue
    }
    const file = (one.secret || one.mayBeFile) && readSecret ? readSecret(secretFileName(one.env), dataDir)?.trim() : undefined
    const given = env[one.env]?.trim() || file
    const value = given || expand((isProduction ? one.production : undefined) ?? one.default ?? '', port)
    values[one.env] = value
    const problem = one.secret && !value ? missing(one, isProduction, needs) : given ? wrong(one, given) : undefined
    if (problem) problems.push({ path: one.env, code: given ? 'INVALID' : 'MISSING', message: `${one.env}：${problem}（${one.doc}）` })
  }
  if (problems.length > 0) {
    throw new AppError('CONFIG_INVALID', { detail: `配置有误：\n${problems.map(problem => problem.message).join('\n')}`, fields: problems })
  }
  return assemble(values as Record<SettingName, string>)
}

function unknownVariables(env: Environment): FieldProblem[] {
  const known = new Set<string>(settings.map(one => one.env))
  return Object.keys(env).filter(name => name.startsWith('YJS_') && !known.has(name))
    .map(name => ({ path: name, code: 'UNKNOWN', message: `${name}：没有这个配置项，请检查拼写` }))
}

function missing(one: Setting, isProduction: boolean, needs?: readonly string[]): string | undefined {
  if (needs && !needs.includes(one.env)) return undefined
  if (one.developmentOnly && isProduction) return undefined
  return `未设置，也没有密钥文件 ${secretFileName(one.env)}`
}

function wrong({ type }: Setting, value: string): string | undefined {
  if (typeof type !== 'string') return type.includes(value) ? undefined : `只能是 ${type.join('、')}`
  return checks[type]?.(value)
}

const checks: Readonly<Record<string, (value: string) => string | undefined>> = {
  port: value => (/^\d{1,5}$/.test(value) && Number(value) > 0 && Number(value) <= 65507 ? undefined : '应为 1 至 65507 的端口号'),
  integer: value => (/^\d{1,9}$/.test(value) ? undefined : '应为非负整数'),
  'http-url': value => (isUrl(value, ['http:', 'https:']) ? undefined : '应为 http 或 https 地址'),
  'database-url': value => (isUrl(value, ['postgres:', 'postgresql:']) ? undefined : '应为 postgres:// 地址'),
  instant: value => (/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(value) && !Number.isNaN(Date.parse(value)) ? undefined : '应为带时区的时间'),
  key: value => (readDataKeys(value) ? undefined : '应为 32 字节的 base64，或“名称:密钥”的清单'),
  secret: value => (value.length >= 8 ? undefined : '不得少于 8 个字符')
}

function isUrl(value: string, protocols: readonly string[]): boolean {
  return URL.canParse(value) && protocols.includes(new URL(value).protocol)
}

/** Address of each part, by its variable, as it is unless it is given: what a process on `port` finds beside it. */
export function addressesBeside(port: number): Record<string, string> {
  const addresses = (settings as readonly Setting[]).filter(one => one.type === 'http-url' && one.default)
  return Object.fromEntries(addresses.map(one => [one.env, expand(one.default!, port)]))
}

function expand(text: string, port: number): string {
  return text.replace(/<PORT(?:\+(\d+))?>/g, (_, offset: string | undefined) => String(port + Number(offset ?? 0)))
}

const listOf = (text: string): string[] => text.split(',').map(part => part.trim()).filter(Boolean)

const withoutSlash = (url: string): string => url.replace(/\/+$/, '')

function assemble(values: Readonly<Record<SettingName, string>>): Config {
  return Object.freeze({
    isDevelopment: values.NODE_ENV === 'development',
    port: Number(values.PORT),
    host: values.HOST,
    internalHost: values.INTERNAL_HOST,
    publicUrl: withoutSlash(values.PUBLIC_URL),
    trustedProxies: Object.freeze(listOf(values.TRUSTED_PROXIES)),
    dataDir: values.DATA_DIR,
    logLevel: values.LOG_LEVEL as Config['logLevel'],
    databaseUrl: values.DATABASE_URL,
    databasePool: Number(values.DATABASE_POOL),
    engineUrl: withoutSlash(values.ENGINE_URL),
    engineUser: values.ENGINE_USER,
    enginePassword: values.ENGINE_PASSWORD,
    internalUrl: withoutSlash(values.INTERNAL_URL),
    departmentUrls: Object.freeze({
      hrss: withoutSlash(values.HRSS_URL),
      medical: withoutSlash(values.MEDICAL_URL),
      tax: withoutSlash(values.TAX_URL),
      'data-sharing': withoutSlash(values.DATA_SHARING_URL),
      identity: withoutSlash(values.IDENTITY_URL),
      post: withoutSlash(values.POST_URL),
      message: withoutSlash(values.MESSAGE_URL),
      platform: withoutSlash(values.PLATFORM_URL)
    }),
    workersUrls: Object.freeze(listOf(values.WORKERS_URLS).map(withoutSlash)),
    oidcClientId: values.OIDC_CLIENT_ID,
    oidcClientSecret: values.OIDC_CLIENT_SECRET,
    workerTokenSecret: values.WORKER_TOKEN_SECRET,
    dataKey: values.DATA_KEY,
    hashKey: values.HASH_KEY,
    sessionSecret: values.SESSION_SECRET,
    departmentCallbackSecret: values.DEPARTMENT_CALLBACK_SECRET,
    demoPassword: values.DEMO_PASSWORD,
    engineDatabase: Object.freeze({
      url: values.ENGINE_DB_URL, user: values.ENGINE_DB_USER, password: values.ENGINE_DB_PASSWORD
    }),
    backupKey: values.BACKUP_KEY,
    now: values.NOW,
    decisionUndoSeconds: Number(values.DECISION_UNDO_SECONDS),
    staffSessions: Number(values.STAFF_SESSIONS),
    departmentDayMs: Number(values.DEPARTMENT_DAY_MS),
    readyRequires: Object.freeze(listOf(values.READY_REQUIRES)),
    regionsDir: values.REGIONS_DIR,
    cipher: values.YJS_CIPHER as Config['cipher'],
    tracesUrl: withoutSlash(values.OTEL_EXPORTER_OTLP_ENDPOINT)
  })
}
