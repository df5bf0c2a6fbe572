import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePorts } from './ports.ts'

export interface EngineOptions {
  readonly profile?: 'operaton' | 'camunda'
  /** jdbc:… with user and password; H2 in a folder of its own when left out. */
  readonly database?: { readonly url: string; readonly user: string; readonly password: string }
  /** How long the engine waits for an answer of PostgreSQL, s; its own setting when left out. */
  readonly silenceS?: number
}

export interface RunningEngine {
  /** Base of the REST interface, ends in /engine-rest. */
  readonly url: string
  readonly user: string
  readonly password: string
  readonly pid: number
  /** Header for `fetch`. */
  readonly authorization: string
  stop(): Promise<void>
}

/** Starts the real engine on a free port with its own database and waits until it answers; throws with its output if it dies. */
export async function startEngine({ profile = 'operaton', database, silenceS }: EngineOptions = {}): Promise<RunningEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'engine-'))
  const [port] = await freePorts(1)
  const password = randomBytes(12).toString('hex')
  const extracted = `engine/target/${profile}/engine-${profile}.jar`
  const jar = existsSync(extracted) ? extracted : `engine/target/engine-${profile}.jar`
  const url = `http://127.0.0.1:${port}/engine-rest`
  const child = spawn('java', ['-Xmx512m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-jar', jar], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      ...process.env,
      STOP_WITH_PARENT: 'true',
      ENGINE_PORT: String(port),
      ENGINE_USER: 'engine',
      ENGINE_PASSWORD: password,
      ENGINE_DB_URL: database?.url ?? `jdbc:h2:file:${folder}/engine;WRITE_DELAY=0`,
      ENGINE_DB_USER: database?.user ?? 'sa',
      ENGINE_DB_PASSWORD: database?.password ?? '',
      ...(silenceS !== undefined && { ENGINE_DB_SILENCE_S: String(silenceS) })
    }
  })
  await answered(child, `${url}/actuator/health`)
  return {
    url,
    user: 'engine',
    password,
    pid: child.pid!,
    authorization: `Basic ${Buffer.from(`engine:${password}`).toString('base64')}`,
    async stop() {
      await ended(child)
      await rm(folder, { recursive: true, force: true })
    }
  }
}

async function answered(child: ChildProcess, url: string): Promise<void> {
  let output = ''
  const keep = (chunk: Buffer) => { output = (output + chunk.toString()).slice(-4000) }
  child.stdout!.on('data', keep)
  child.stderr!.on('data', keep)
  const deadline = Date.now() + 120_000
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the engine ended with ${child.exitCode}:\n${output}`)
    const response = await fetch(url).catch(() => undefined)
    if (response?.ok) return
    await new Promise(resolve => setTimeout(resolve, 200))
  }
  child.kill('SIGKILL')
  throw new Error(`the engine did not answer within two minutes:\n${output}`)
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise(resolve => {
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
}
