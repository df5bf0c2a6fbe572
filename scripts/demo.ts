import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ApiClient } from './client.ts'
import { firstNewApplicant, readDemoPlan } from './demo-plan.ts'
import type { DemoPlan } from './demo-plan.ts'
import { login } from './login.ts'
import { isFree } from './system/ports.ts'
import type { System } from './system/system.ts'
import { startSystem } from './system/system.ts'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const content = process.env.REGIONS_DIR || root
const port = Number(process.env.PORT ?? 3000)
const dataDir = process.env.DATA_DIR ?? 'var'
const WITHIN_MS = 120_000

async function main(): Promise<void> {
  const region = process.argv[2] ?? readdirSync(join(content, 'regions')).sort()[0]!
  const plan = readDemoPlan(content, region)
  const own = await systemOfOurOwn()
  try {
    await play(region, plan, `http://localhost:${port}`)
  } finally {
    await own?.stop()
  }
}

/** Uses the system that runs already; a demonstration on a bare clone starts one for itself. */
async function systemOfOurOwn(): Promise<System | undefined> {
  if (!(await isFree(port))) return undefined
  console.log('系统未运行，先启动一套……')
  const engine = process.env.ENGINE === 'camunda' ? 'camunda' : 'operaton'
  return startSystem({ port, dataDir, engine, root, env: content === root ? {} : { REGIONS_DIR: content } }, { say: text => console.log(`  ${text}`) })
}

async function play(region: string, plan: DemoPlan, baseUrl: string): Promise<void> {
  const password = process.env.DEMO_PASSWORD ?? readFileSync(join(dataDir, 'secrets', 'demo-password'), 'utf8').trim()
  const signIn = async (account: string) => new ApiClient(baseUrl, await login(account, { baseUrl, password }))
  const { account, client } = await firstNewApplicant(plan, signIn, text => console.log(text))
  const matters = [...plan.matters]
  const { id, number } = await client.apply(region, matters)
  console.log(`${account} 已提交 ${number}：${matters.join('、')}`)

  const clerks = await Promise.all(plan.clerks.map(async name => ({ name, client: await signIn(name) })))
  const deadline = Date.now() + WITHIN_MS
  for (;;) {
    for (const clerk of clerks) await decideAll(clerk.name, clerk.client, id)
    const application = await client.get(`applications/${id}`)
    if (application.status === 'completed') return report(application)
    if (Date.now() > deadline) throw new Error(`两分钟内没有办结：${JSON.stringify(application.items, null, 1)}`)
    await new Promise(resolve => setTimeout(resolve, 300))
  }
}

async function decideAll(name: string, clerk: ApiClient, applicationId: string): Promise<void> {
  const { tasks } = await clerk.get(`tasks?queue=all&applicationId=${applicationId}`)
  for (const task of tasks) {
    const decision = task.decisions[0]
    await clerk.post(`tasks/${task.id}/claim`)
    await clerk.post(`tasks/${task.id}/complete`, { decision: decision.value })
    console.log(`${name} 办理“${task.name}”（${task.slug ?? '整件'}）：${decision.label}`)
  }
}

/* eslint-disable-next-line @typescript-eslint/no-explicit-any -- printed as it came */
function report(application: any): void {
  console.log('\n时间线')
  for (const entry of application.timeline) console.log(`  ${entry.at}  ${entry.slug ?? '整件'}  ${entry.text}`)
  console.log('\n各部门回执')
  for (const item of application.items) {
    console.log(`  ${item.slug}  ${item.status}  ${item.receipt?.number ?? '—'}${paymentText(item)}`)
    for (const row of item.rows ?? []) {
      console.log(`    ${row.insurance}  ${row.status}  ${row.receipt?.number ?? '—'}${paymentText(row)}`)
    }
  }
  const refused = application.items.filter((item: { status: string }) => item.status !== 'delivered')
  if (refused.length) throw new Error(`没有全部送达：${refused.map((item: { slug: string }) => item.slug).join('、')}`)
}

function paymentText({ payment }: { payment: { amountFen: number; status: string } | null }): string {
  return payment ? `  ${(payment.amountFen / 100).toFixed(2)} 元 ${payment.status}` : ''
}

main().then(() => process.exit(0), (error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})
