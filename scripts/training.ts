import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { readConfig } from '../core/config.ts'
import type { Config } from '../core/config.ts'
import { AppError } from '../core/errors.ts'
import { readSecret } from './system/secrets.ts'
import { correction } from './training/exercises/correction.ts'
import { overdueCard } from './training/exercises/overdue-card.ts'
import { taxDown } from './training/exercises/tax-down.ts'
import type { Exercise } from './training/exercise.ts'
import { train } from './training/exercise.ts'
import { createStage } from './training/stage.ts'

const exercises: Readonly<Record<string, Exercise>> = { 'tax-down': taxDown, correction, 'overdue-card': overdueCard }
const LOOK_EVERY_MS = 1500

/**
 * `npm run training -- <exercise> [region]`: plays an exercise on the system that runs here (`npm start`) with the stand-ins of
 * the departments. Sets the stage, tells the trainee what to do, and goes on when it is done. Ctrl-C ends it and mends the stage.
 */
async function main(): Promise<void> {
  const [name = '', region] = process.argv.slice(2)
  const exercise = exercises[name]
  if (!exercise) return list()
  const config = configuration()
  if (!config.isDevelopment) throw new Error('演练会停部门系统、拨业务时钟，只能在演练环境进行，不能在正式环境')
  const root = config.regionsDir || dirname(dirname(fileURLToPath(import.meta.url)))
  const say = (text: string): void => console.log(text)
  const stage = createStage({ config, baseUrl: config.publicUrl, region: region ?? readdirSync(join(root, 'regions')).sort()[0]!, root, say })
  await fetch(`${config.publicUrl}/readyz`).catch(() => { throw new Error(`${config.publicUrl} 没有应答：请先用 npm start 启动系统`) })
  const prompt = createInterface({ input: process.stdin, output: process.stdout })
  let isEnding = false
  const end = async (): Promise<void> => {
    if (isEnding) return
    isEnding = true
    say('\n演练中止，正在恢复部门系统和时钟……')
    await stage.mend()
    process.exit(1)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end())
  prompt.on('SIGINT', () => void end())
  say(`各账号的口令：${config.demoPassword}`)
  await train(exercise, stage, { say, ask: question => prompt.question(question), wait: () => pause(LOOK_EVERY_MS) })
  prompt.close()
}

/** The secrets are those that the first start has made. */
function configuration(): Config {
  try {
    return readConfig(process.env, readSecret, ['DEMO_PASSWORD', 'WORKER_TOKEN_SECRET'])
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause
    throw new Error(`请先用 npm start 启动系统，并在同一目录、以同样的 DATA_DIR 和 PORT 运行演练。${cause.detail ?? ''}`, { cause })
  }
}

function list(): void {
  console.log('用法：npm run training -- 演练 [地区]\n')
  for (const [name, { title, about }] of Object.entries(exercises)) console.log(`  ${name.padEnd(14)}${title}：${about}`)
  process.exitCode = 2
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})
