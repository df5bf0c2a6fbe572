import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import type { WriteStream } from 'node:fs'

export interface ChildPlan {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
  /** Node children learn of our end by the IPC channel, the engine by the end of its standard input. */
  readonly channel: 'ipc' | 'stdin'
  readonly logFile: string
}

export interface ChildEvents {
  /** Called when the child ended although nobody had asked it to; `message` is fit for a person. */
  readonly onGivingUp: (message: string) => void
}

const RESTART_AFTER_MS = [1000, 2000, 5000]
const CRASHES_A_MINUTE = 5

/** One process of the system: a group of its own, restarted when it crashes, ended when we end. */
export class SupervisedChild {
  readonly plan: ChildPlan
  private readonly events: ChildEvents
  private process: ChildProcess | undefined
  private crashes: number[] = []
  private isStopping = false
  private restart: NodeJS.Timeout | undefined
  private log: WriteStream

  constructor(plan: ChildPlan, events: ChildEvents) {
    this.plan = plan
    this.events = events
    this.log = createWriteStream(plan.logFile, { flags: 'a' })
  }

  get pid(): number | undefined {
    return this.process?.pid
  }

  start(): void {
    const { command, args, env, channel } = this.plan
    const child = spawn(command, args, {
      env,
      detached: true,
      stdio: channel === 'ipc' ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['pipe', 'pipe', 'pipe']
    })
    this.process = child
    child.stdout?.pipe(this.log, { end: false })
    child.stderr?.pipe(this.log, { end: false })
    child.once('error', error => this.log.write(`${String(error)}\n`))
    child.once('exit', (code, signal) => this.ended(child, signal ?? String(code)))
  }

  /** Starts the process again after it was stopped on purpose. */
  startAgain(): void {
    this.isStopping = false
    this.log = createWriteStream(this.plan.logFile, { flags: 'a' })
    this.start()
  }

  /** Asks the process to end and kills it after `graceMs`; resolves when it is gone. */
  async stop(graceMs: number): Promise<void> {
    this.isStopping = true
    clearTimeout(this.restart)
    const child = this.process
    if (child && child.exitCode === null && child.signalCode === null) {
      await new Promise<void>(gone => {
        const killer = setTimeout(() => this.signal('SIGKILL'), graceMs)
        child.once('exit', () => { clearTimeout(killer); gone() })
        this.signal('SIGTERM')
      })
    }
    await new Promise(closed => this.log.end(closed))
  }

  /** Sends a signal to the whole process group; a fault experiment uses it to kill, stop or continue. */
  signal(signal: NodeJS.Signals): void {
    if (!this.process?.pid) return
    try {
      process.kill(-this.process.pid, signal)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }

  private ended(child: ChildProcess, how: string): void {
    if (this.isStopping || child !== this.process) return
    const now = Date.now()
    this.crashes = [...this.crashes.filter(at => now - at < 60_000), now]
    this.log.write(`--- ${this.plan.name} ended (${how}) ---\n`)
    if (this.crashes.length >= CRASHES_A_MINUTE) {
      this.events.onGivingUp(`${this.plan.name} ended ${this.crashes.length} times within a minute (last: ${how}); see ${this.plan.logFile}`)
      return
    }
    const pause = RESTART_AFTER_MS[Math.min(this.crashes.length, RESTART_AFTER_MS.length) - 1]
    this.restart = setTimeout(() => this.start(), pause)
  }
}
