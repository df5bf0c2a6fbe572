import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog } from '../../core/log.ts'
import type { DepartmentSystem } from '../../core/config.ts'
import { startDepartments } from '../../departments/start.ts'
import { makePeople, writePeople } from '../support/people.ts'

export interface DepartmentsFixture {
  readonly urls: Readonly<Record<DepartmentSystem, string>>
  /** What a step is told of the n-th made-up adult who is in no insurance. */
  person(index: number): Record<string, unknown>
  fault(department: DepartmentSystem, faults: readonly object[]): Promise<void>
  /** Request ids that took effect. */
  ledger(department: DepartmentSystem): Promise<LedgerEntry[]>
  stop(): Promise<void>
}

export interface LedgerEntry { readonly requestId: string, readonly kind: string, readonly traceparent: string }

/** The real department systems on free ports with a ledger of their own, and people to act for. */
export async function departmentsFixture(names: readonly DepartmentSystem[]): Promise<DepartmentsFixture> {
  const dataDir = await mkdtemp(join(tmpdir(), 'workers-'))
  const people = makePeople(30)
  writePeople(dataDir, people)
  const running = await startDepartments({
    names, dataDir, dayMs: 60_000, internalUrl: 'http://127.0.0.1:9', callbackSecret: 'callback-secret',
    publicUrl: 'http://127.0.0.1:9', oidcClientId: 'client', oidcClientSecret: 'client-secret', demoPassword: 'password',
    log: createLog({ level: 'silent' })
  })
  return {
    urls: running.urls,
    person(index) {
      const { isRegistered: _, ...person } = people[index]!.person
      return person
    },
    async fault(department, faults) {
      const response = await fetch(`${running.urls[department]}/v1/faults`, {
        method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ faults })
      })
      if (!response.ok) throw new Error(await response.text())
    },
    async ledger(department) {
      const response = await fetch(`${running.urls[department]}/v1/ledger`)
      return (await response.json() as { entries: LedgerEntry[] }).entries
    },
    async stop() {
      await running.stop()
      await rm(dataDir, { recursive: true, force: true })
    }
  }
}
