import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { submitCases } from '../support/experiment.ts'
import type { Experiment } from '../support/form.ts'
import { pause } from '../support/form.ts'
import { patiently } from '../support/patiently.ts'

/**
 * No process of PostgreSQL may write past the start of a file: the kernel refuses it as it refuses a write on a full disk. Only
 * the account whose process it is may set the limit.
 */
function fill(postmaster: number): void {
  const { uid, gid } = statSync(`/proc/${postmaster}`)
  const children = readFileSync(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8').trim().split(' ').filter(Boolean)
  for (const pid of [String(postmaster), ...children]) {
    try {
      execFileSync('prlimit', ['--pid', pid, '--fsize=8192:'], { stdio: 'pipe', uid, gid })
    } catch (error) {
      if (pid === String(postmaster)) throw error // a session of the list may have ended by now
    }
  }
}

export const experiment: Experiment = {
  id: 13, nameZh: '数据库磁盘写满', name: 'the disk of PostgreSQL takes nothing more',
  hypothesis: 'what cannot be kept is not acknowledged; with room again the database is whole and all goes on',
  async act({ stack, random, count }) {
    const submitting = submitCases(stack, count)
    await pause(1000 + random() * 2000)
    const { pid } = stack.postgres!
    fill(pid)
    await pause(6000)
    await stack.postgres!.kill9()
    await patiently('PostgreSQL starts on the disk with room', async () => {
      await stack.postgres!.restart()
      return stack.postgres!.pid !== pid
    })
    const healedAt = Date.now()
    return { cases: await submitting, healedAt }
  }
}
