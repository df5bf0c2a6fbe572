import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { SignJWT } from 'jose'
import { loadPeople } from '../../departments/people/index.ts'
import type { Config, DepartmentSystem } from '../../core/config.ts'
import { ApiClient } from '../client.ts'
import type { DemoPlan } from '../demo-plan.ts'
import { firstNewApplicant, readDemoPlan } from '../demo-plan.ts'
import { login } from '../login.ts'

const DAY = 86_400_000
const WITHIN_MS = 120_000
const LOOK_EVERY_MS = 500

export interface StageOptions {
  /** Of the system that runs. */
  readonly config: Config
  readonly baseUrl: string
  readonly region: string
  /** Folder that holds `regions`. */
  readonly root: string
  readonly say: (text: string) => void
}

export interface Matter {
  readonly slug: string
  readonly title: string
  readonly department: DepartmentSystem
  readonly hasRows?: boolean
}

/** The system that an exercise plays on: the stand-ins of the departments, the business clock, and who is who. */
export interface Stage {
  readonly region: string
  readonly baseUrl: string
  readonly plan: DemoPlan
  readonly say: (text: string) => void
  /** Signs an account in; one session is kept for each. */
  as(account: string): Promise<ApiClient>
  /** An applicant of the demonstration who has not applied yet. */
  newcomer(): Promise<{ account: string; client: ApiClient }>
  /** Account of the first person with a role in this region, in a department if one is named. */
  accountOf(role: string, department?: string): string
  /** A matter of the region. */
  matter(slug: string): Matter
  /** The matter that declares in rows. */
  matterWithRows(): Matter
  /** What a stand-in has written down about a subject. */
  ledger(department: DepartmentSystem, subject: string): Promise<readonly { readonly kind: string }[]>
  /** Waits for what the stage itself has to come to. @throws Error in Chinese after two minutes */
  until(what: string, isThere: () => Promise<boolean>): Promise<void>
  /** Makes a stand-in misbehave from now on; [] lets it be well. */
  faults(department: DepartmentSystem, faults: readonly object[]): Promise<void>
  /** Lets business time go on so many days from real time. */
  daysLater(days: number): Promise<void>
  /** Real time, and every stand-in well. */
  mend(): Promise<void>
}

export function createStage({ config, baseUrl, region, root, say }: StageOptions): Stage {
  const plan = readDemoPlan(root, region)
  const people = loadPeople(undefined, root)
  const { matters } = JSON.parse(readFileSync(join(root, 'regions', region, 'region.json'), 'utf8')) as { matters: readonly Matter[] }
  const found = <T>(one: T | undefined, what: string): T => {
    if (!one) throw new Error(`${region} 没有演练所需的 ${what}`)
    return one
  }
  const sessions = new Map<string, Promise<ApiClient>>()
  const spoiled = new Set<DepartmentSystem>()
  const as = (account: string): Promise<ApiClient> => {
    const known = sessions.get(account)
      ?? login(account, { baseUrl, password: config.demoPassword }).then(cookie => new ApiClient(baseUrl, cookie))
    sessions.set(account, known)
    return known
  }
  const stage: Stage = {
    region, baseUrl, plan, say, as,
    newcomer: () => firstNewApplicant(plan, as, say),
    accountOf(role, department) {
      const person = people.find(one => 'roles' in one && one.region === region && one.roles.includes(role as never)
        && (department === undefined || one.department === department))
      return found(person, `${role} ${department ?? ''}`).account
    },
    matter: slug => found(matters.find(one => one.slug === slug), slug),
    matterWithRows: () => found(matters.find(one => one.hasRows), '缴费申报'),
    async ledger(department, subject) {
      const response = await fetch(`${config.departmentUrls[department]}/v1/ledger?subject=${encodeURIComponent(subject)}`)
      return (await response.json() as { entries: { kind: string }[] }).entries
    },
    async until(what, isThere) {
      for (const deadline = Date.now() + WITHIN_MS; !(await isThere()); await pause(LOOK_EVERY_MS)) {
        if (Date.now() > deadline) throw new Error(`两分钟内没有等到：${what}`)
      }
    },
    async faults(department, faults) {
      spoiled.add(department)
      await post(`${config.departmentUrls[department]}/v1/faults`, { faults })
    },
    daysLater: days => setClock(config, new Date(Date.now() + days * DAY)),
    async mend() {
      for (const department of spoiled) await stage.faults(department, [])
      await stage.daysLater(0)
    }
  }
  return stage
}

/** The internal interface sets the clock of development; nobody can set one in production. */
async function setClock({ internalUrl, workerTokenSecret }: Config, now: Date): Promise<void> {
  const token = await new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).setSubject('training').setAudience('internal')
    .setIssuedAt().setExpirationTime('1m').sign(new TextEncoder().encode(workerTokenSecret))
  await post(`${internalUrl}/internal/v1/clock`, { now: now.toISOString() }, { authorization: `Bearer ${token}` })
}

async function post(url: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<void> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${url}：${response.status} ${await response.text()}`)
}
