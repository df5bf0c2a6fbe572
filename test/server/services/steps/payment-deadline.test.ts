import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import type { Knex } from 'knex'
import { updateRow } from '../../../../server/db/item-rows.ts'
import { runStep } from '../../../../server/services/steps/run-step.ts'
import { onBothDatabases } from '../../../support/databases.ts'
import { submittedCase, testContext } from '../../support/case-context.ts'

const MATTERS = ['contribution']

onBothDatabases('services/steps: until when a declared contribution is to be paid', database => {
  let db: Knex
  before(async () => {
    db = await database.openMigrated()
  })

  /** What the process waits for and what the applicant is told, of a row concluded on a day. */
  const concluded = async (today: string, insurance: string, extras: readonly string[]) => {
    const at = Date.parse(`${today}T10:00:00+08:00`)
    const ctx = testContext(db, { real: () => at })
    const one = await submittedCase(ctx, { matters: MATTERS, rows: [insurance], extras })
    const run = (id: string, topic: string, variables = {}) =>
      runStep(ctx, id, `common.${topic}`, { taskId: randomUUID(), processInstanceId: 'instance', variables, worker: 'worker-1' })
    await run(one.id, 'accept-application')
    const opened = await run(one.row(insurance), 'open-item')
    await updateRow(db, one.row(insurance), { payment_status: 'due', amount_fen: 40_000 }, at)
    const answer = await run(one.row(insurance), 'conclude-item', { result: 'approved' })
    const event = await db('audit_event').where({ chain: one.id, type: 'payment-due' }).first() as { data: string }
    const waits = [opened, answer].map(({ paymentDeadline }) => paymentDeadline?.value)
    return { waits, told: (JSON.parse(event.data) as { deadline: string }).deadline }
  }

  // [declared and concluded on, insurance, with it, last day to pay, by what]
  const CASES = [
    ['2026-01-20', 'flexible-medical', 'large-medical', '2026-01-31', '⑦须知1：大额医疗费用统筹须每年1月底前缴纳'],
    ['2026-01-20', 'flexible-medical', '', '2026-02-10', '没有大额的，15个工作日'],
    ['2026-06-29', 'resident-medical', '', '2026-06-30', '⑤须知2：6月30日前只缴个人缴费标准部分'],
    ['2026-06-30', 'resident-medical', '', '2026-06-30', '⑤须知2：最后一日当日仍可缴'],
    ['2026-07-01', 'resident-medical', '', '2026-07-22', '⑤须知2：7月1日起两部分一次缴清，15个工作日'],
    ['2026-12-30', 'resident-medical', '', '2026-12-31', '⑤须知2：12月31日止'],
    ['2026-02-02', 'flexible-medical', 'large-medical', '2026-02-02', '已过1月底的，不早于当日']
  ] as const
  for (const [today, insurance, extra, until, why] of CASES) {
    it(`${today} ${insurance}${extra && ` + ${extra}`}: ${until} (${why})`, async () => {
      const { waits, told } = await concluded(today, insurance, extra ? [extra] : [])
      expect(told).to.equal(until)
      expect(waits).to.deep.equal([`${until}T15:59:59.999+0000`, `${until}T15:59:59.999+0000`])
    })
  }
})
