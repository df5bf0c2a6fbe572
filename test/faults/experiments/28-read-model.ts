import { expect } from 'chai'
import pg from 'pg'
import { until } from '../../support/until.ts'
import { nextStrangers, submitCases } from '../support/experiment.ts'
import type { Experiment } from '../support/form.ts'
import { restart } from '../support/form.ts'
import { patiently } from '../support/patiently.ts'

/** Between two rounds of the reconciler. */
const ROUND_MS = 300_000

/** Of people whom no register knows, so that each case has a task open when the fault comes. */
export const experiment: Experiment = {
  id: 28, nameZh: '读模型丢失', name: 'the read model of open tasks deleted',
  hypothesis: 'the reconciler writes it anew out of the engine, the same as before, and clerks end the cases',
  async act({ stack, count }) {
    const cases = await submitCases(stack, nextStrangers(count))
    const ids = cases.map(({ id }) => id)
    const database = new pg.Client(stack.postgres!.url('server'))
    await database.connect()
    try {
      const open = async () => (await database.query(`select id, application_id, item_id, row_id, region, slug, department, division, name, kind,
        activity_id, process_definition_id, process_instance_id, decisions, assignee, due_at, created_at, rule_id from work_item where state = 'open' and application_id = any($1) order by id`, [ids])).rows
      const ofAll = async () => { const rows = await open(); return new Set(rows.map(row => row.application_id)).size === count ? rows : undefined }
      const before = await patiently('each case has a task open', ofAll, 500)
      await database.query("delete from work_item where state = 'open'")
      // The reconciler looks at the start; its next round must not do what this one left undone.
      await restart(stack, 'server')
      const healedAt = Date.now()
      const isBack = async () => { const rows = await open(); return rows.length >= before!.length ? rows : undefined }
      expect(await until('the read model is back', isBack, ROUND_MS / 2, 500)).to.deep.include.members(before!)
      return { cases, healedAt }
    } finally {
      await database.end()
    }
  }
}
