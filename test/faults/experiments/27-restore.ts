import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { readConfig } from '../../../core/config.ts'
import { restoreBackup } from '../../../scripts/backup/restore-backup.ts'
import { takeBackup } from '../../../scripts/backup/take-backup.ts'
import type { Stack } from '../../support/stack.ts'
import { submitCases } from '../support/experiment.ts'
import { engineUp, setFaults } from '../support/form.ts'
import type { Experiment } from '../support/form.ts'
import { patiently } from '../support/patiently.ts'

const LOST_BOX = ['workers', 'server', 'engine'] as const

/** As the commands `backup` and `restore` read it, past every line that an experiment may cut. */
function configOf({ postgres, dataDir }: Stack) {
  const { user, password } = postgres!
  return readConfig({
    DATA_DIR: dataDir, DATABASE_URL: postgres!.url('server'), BACKUP_KEY: Buffer.alloc(32, 7).toString('base64'),
    ENGINE_DB_URL: postgres!.jdbcUrl('engine'), ENGINE_DB_USER: user, ENGINE_DB_PASSWORD: password
  }, undefined, ['BACKUP_KEY', 'ENGINE_DB_PASSWORD'])
}

/** Departments keep their ledgers, which are ahead of it then. What the backup saw nothing of is gone, or a draft again, and not counted. */
export const experiment: Experiment = {
  id: 27, nameZh: '备份之后恢复', name: 'a backup taken while cases run, more traffic, everything of ours killed, the backup restored',
  hypothesis: 'what is in the backup ends delivered, its effects once, though the departments had done some of it later',
  async act({ stack, random, count }) {
    const folder = mkdtempSync(join(tmpdir(), 'fault-backup-'))
    const config = configOf(stack)
    const file = join(folder, 'backup')
    const { children } = stack.system
    try {
      await setFaults(stack, [{ mode: 'delay', delayMs: Math.round(1000 + random() * 3000) }])
      const before = await submitCases(stack, Math.floor(count / 2))
      const submitting = submitCases(stack, Math.ceil(count / 2))
      await takeBackup(config, file, new Date())
      await setFaults(stack, [])
      const later = await submitting
      for (const name of LOST_BOX) await children[name].stop(0)
      const { broken } = await restoreBackup(config, file, true)
      expect(broken, 'broken chains').to.deep.equal([])
      children.engine.startAgain()
      await engineUp(stack)
      children.server.startAgain()
      children.workers.startAgain()
      const healedAt = Date.now()
      await patiently('the server is ready', async () => (await fetch(`${stack.system.baseUrl}/readyz`)).ok)
      const window = await stack.as('window-gx')
      const states = await Promise.all(later.map(async ({ id }) => {
        const { status, body } = await window.send('GET', `applications/${id}`)
        expect(status, 'there or gone').to.be.oneOf([200, 404])
        return status === 200 ? (body as { status: string }).status : 'gone'
      }))
      return { cases: [...before, ...later.filter((_, index) => !['gone', 'draft'].includes(states[index]!))], healedAt }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
}
