import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import type { Knex } from 'knex'
import type { ServerContext } from '../../../../server/context.ts'
import { verifyChain } from '../../../../server/db/audit.ts'
import { updateCorrection } from '../../../../server/db/corrections.ts'
import { findItem, findReasons, updateItem } from '../../../../server/db/items.ts'
import { findRow, updateRow } from '../../../../server/db/item-rows.ts'
import { recordSteps, runStep } from '../../../../server/services/steps/run-step.ts'
import { onBothDatabases } from '../../../support/databases.ts'
import type { TestCase } from '../../support/case-context.ts'
import { submittedCase, testContext } from '../../support/case-context.ts'
import { decided, openWorkItem } from '../../support/task.ts'

const CONTRIBUTION = ['resident-pension', 'contribution']
const input = (variables: Record<string, string> = {}, taskId: string = randomUUID()) =>
  ({ taskId, processInstanceId: 'instance', variables, worker: 'worker-1' })

onBothDatabases('services/steps', database => {
  let ctx: ServerContext
  let db: Knex
  before(async () => {
    db = await database.openMigrated()
    ctx = testContext(db)
  })

  const run = (id: string, step: string, variables?: Record<string, string>, taskId?: string) =>
    runStep(ctx, id, `common.${step}`, input(variables, taskId))
  const status = async (id: string) => (await findItem(db, id))!.status
  const rowStatus = async (id: string) => (await findRow(db, id))!.status
  const codes = async (id: string) => ((await findReasons(db, [id])).get(id) ?? []).map(({ code }) => code)
  const accepted = async (options: Parameters<typeof submittedCase>[1]): Promise<TestCase> => {
    const one = await submittedCase(ctx, options)
    await run(one.id, 'accept-application')
    return one
  }
  const opened = async (options: Parameters<typeof submittedCase>[1]): Promise<TestCase> => {
    const one = await accepted(options)
    for (const slug of options.matters) if (slug !== 'contribution') await run(one.item(slug), 'open-item')
    return one
  }
  const askedToCorrect = async (id: string, applicationId: string, at = ctx.clock.now(), rowId: string | null = null) =>
    decided(ctx, await openWorkItem(ctx, { application_id: applicationId, item_id: id, row_id: rowId }), 'correct', { reasonCode: 'X', at })

  it('accepts: the promises of the table are stored and the clocks of what can begin run', async () => {
    const one = await accepted({ matters: ['archive-transfer', 'flexible-pension', ...CONTRIBUTION.slice(1)], rows: ['flexible-pension'] })
    const archive = (await findItem(db, one.item('archive-transfer')))!
    expect(archive).to.include({ status: 'accepted', deadline_kind: 'promised', promised_due: '2026-03-26', red_due: '2026-03-27', statutory_due: null })
    const pension = (await findItem(db, one.item('flexible-pension')))!
    expect(pension).to.include({ status: 'accepted', deadline_kind: 'immediate', promised_due: '2026-03-24' })
    // The only row waits for its registration: no clock yet.
    expect((await findItem(db, one.item('contribution')))!).to.include({ status: 'waiting', promised_due: null })
    expect(await db('application').where({ id: one.id }).first()).to.include({ accepted_on: '2026-03-24' })
  })

  it('opens an item with the instants of its timers and the group of its department', async () => {
    const one = await accepted({ matters: ['resident-pension'] })
    expect(await run(one.item('resident-pension'), 'open-item')).to.deep.equal({
      isOpen: { value: true, type: 'Boolean' },
      warnAt: { value: '2026-03-26T15:59:59.999+0000', type: 'Date' },
      promisedAt: { value: '2026-03-27T15:59:59.999+0000', type: 'Date' },
      redAt: { value: '2026-03-30T15:59:59.999+0000', type: 'Date' },
      reviewGroup: { value: 'hrss', type: 'String' },
      materialsState: { value: 'missing', type: 'String' }
    })
    expect(await status(one.item('resident-pension'))).to.equal('reviewing')
  })

  it('does not open what was not accepted', async () => {
    const one = await submittedCase(ctx, { matters: ['resident-pension'] })
    const error = await run(one.item('resident-pension'), 'open-item').then(() => expect.fail('it was opened'), (refusal: unknown) => refusal)
    expect(error).to.include({ code: 'STEP_CONFLICT', status: 409 })
  })

  it('ends at once what was withdrawn before it could open', async () => {
    const one = await accepted({ matters: ['resident-pension', 'contribution'], rows: ['resident-pension', 'flexible-medical'] })
    await updateItem(db, one.item('resident-pension'), { withdraw_requested_at: ctx.clock.now() }, ctx.clock.now())
    const answer = await run(one.item('resident-pension'), 'open-item')
    expect(answer).to.deep.equal({ isOpen: { value: false, type: 'Boolean' }, outcome: { value: 'withdrawn', type: 'String' } })
    expect(await status(one.item('resident-pension'))).to.equal('withdrawn')
    await updateItem(db, one.item('contribution'), { withdraw_requested_at: ctx.clock.now() }, ctx.clock.now())
    expect((await run(one.row('flexible-medical'), 'open-item')).isOpen?.value).to.equal(false)
    expect(await rowStatus(one.row('flexible-medical'))).to.equal('withdrawn')
    await run(one.id, 'decline-row', { insurance: 'resident-pension' })
    expect([await rowStatus(one.row('resident-pension')), await status(one.item('contribution'))]).to.deep.equal(['withdrawn', 'withdrawn'])
  })

  it('starts a row\'s clock when the row opens', async () => {
    const one = await opened({ matters: CONTRIBUTION, rows: ['resident-pension'] })
    const answer = await run(one.row('resident-pension'), 'open-item')
    expect(answer.promisedAt?.value).to.equal('2026-03-24T15:59:59.999+0000')
    expect(answer.paymentDeadline?.value).to.equal('2026-04-15T15:59:59.999+0000')
    expect(answer.reviewGroup?.value).to.equal('tax')
    expect(await rowStatus(one.row('resident-pension'))).to.equal('reviewing')
    expect((await findItem(db, one.item('contribution')))!).to.include({ status: 'reviewing', promised_due: '2026-03-24' })
  })

  it('delivers an approved result that goes online, leaves others to their way', async () => {
    const online = await opened({ matters: ['flexible-pension', 'social-security-card'] })
    expect(await run(online.item('flexible-pension'), 'conclude-item', { result: 'approved' })).to.deep.equal({ outcome: { value: 'approved', type: 'String' } })
    expect(await status(online.item('flexible-pension'))).to.equal('delivered')
    // The card's process has a delivery of its own.
    await run(online.item('social-security-card'), 'conclude-item', { result: 'approved' })
    expect(await status(online.item('social-security-card'))).to.equal('approved')
    await run(online.item('social-security-card'), 'deliver-card')
    expect(await status(online.item('social-security-card'))).to.equal('delivered')
    const window = await opened({ matters: ['flexible-pension'], delivery: 'window' })
    await run(window.item('flexible-pension'), 'conclude-item', { result: 'approved' })
    expect(await status(window.item('flexible-pension'))).to.equal('approved')
    expect(await run(window.id, 'collect-results')).to.deep.equal({ hasMail: { value: false, type: 'Boolean' }, hasPickup: { value: true, type: 'Boolean' } })
    await run(window.id, 'record-hand-over')
    expect(await status(window.item('flexible-pension'))).to.equal('delivered')
  })

  it('gives a rejection the clerk\'s reason, without numbers of people', async () => {
    const one = await opened({ matters: ['resident-pension'] })
    const id = one.item('resident-pension')
    const task = await openWorkItem(ctx, { application_id: one.id, item_id: id })
    await decided(ctx, task, 'reject', { reasonCode: 'AGE_NOT_MET', reasonText: '身份证450103199008160244显示不符' })
    await run(id, 'conclude-item', { result: 'rejected' })
    const [reason] = (await findReasons(db, [id])).get(id)!
    expect(reason).to.include({ code: 'AGE_NOT_MET', source: 'clerk', message: '不符合年龄条件：身份证[已隐去]显示不符' })
  })

  it('gives a rejection the clerk\'s own words where no code was chosen', async () => {
    const one = await opened({ matters: ['resident-pension'] })
    const id = one.item('resident-pension')
    const task = await openWorkItem(ctx, { application_id: one.id, item_id: id })
    await decided(ctx, task, 'reject', { reasonText: '参保地有误，电话13800138000已告知' })
    const answer = await run(id, 'conclude-item', { result: 'rejected' })
    expect(answer, 'nothing of it reaches the engine').to.deep.equal({ outcome: { value: 'rejected', type: 'String' } })
    const [reason] = (await findReasons(db, [id])).get(id)!
    expect(reason).to.include({ code: 'OTHER', source: 'clerk', clause: null, message: '参保地有误，电话[已隐去]已告知' })
  })

  it('never rejects without a reason', async () => {
    const one = await opened({ matters: ['flexible-pension'] })
    await run(one.item('flexible-pension'), 'conclude-item', { result: 'rejected' })
    expect(await codes(one.item('flexible-pension'))).to.deep.equal(['NOT_APPROVED'])
  })

  it('concludes a declaration with its last row: approved when any row is', async () => {
    const one = await opened({ matters: CONTRIBUTION, rows: ['resident-pension', 'flexible-medical'] })
    for (const insurance of ['resident-pension', 'flexible-medical']) await run(one.row(insurance), 'open-item')
    const answer = await run(one.row('resident-pension'), 'conclude-item', { result: 'approved' })
    expect(answer.paymentDeadline?.type).to.equal('Date')
    expect(await status(one.item('contribution'))).to.equal('reviewing')
    await run(one.row('flexible-medical'), 'conclude-item', { result: 'rejected' })
    expect((await findItem(db, one.item('contribution')))!).to.include({ status: 'delivered', outcome: 'approved' })
  })

  it('declines only the row whose registration failed, naming it', async () => {
    const one = await opened({ matters: CONTRIBUTION, rows: ['resident-pension', 'flexible-medical'] })
    await run(one.item('resident-pension'), 'conclude-item', { result: 'rejected' })
    await run(one.id, 'decline-row', { insurance: 'resident-pension' })
    const [reason] = (await findReasons(db, [one.item('contribution')])).get(one.item('contribution'))!
    expect(reason).to.include({ code: 'PREREQUISITE_NOT_APPROVED', row_id: one.row('resident-pension') })
    expect(reason!.message).to.contain('城乡居民基本养老保险参保登记').and.contain('未通过')
    expect([await rowStatus(one.row('resident-pension')), await rowStatus(one.row('flexible-medical'))]).to.deep.equal(['rejected', 'waiting'])
  })

  it('stops the clock for a correction and goes on with later dates in the next round', async () => {
    let now = Date.parse('2026-03-24T10:00:00+08:00')
    const moving = { ...testContext(db, { real: () => now }), crypto: ctx.crypto }
    const one = await opened({ matters: ['resident-pension', 'flexible-medical'] })
    const id = one.item('resident-pension')
    const correctionId = await askedToCorrect(id, one.id)
    const answer = await runStep(moving, id, 'common.open-correction', input())
    expect(answer).to.deep.equal({ correctionDeadline: { value: '2026-03-31T15:59:59.999+0000', type: 'Date' } })
    expect([await status(id), await status(one.item('flexible-medical'))]).to.deep.equal(['correcting', 'reviewing'])
    now = Date.parse('2026-03-26T09:00:00+08:00')
    await updateCorrection(db, correctionId, { status: 'submitted', submitted_at: now })
    const resumed = await runStep(moving, id, 'common.resume-item', input())
    // Two working days (25th and 26th) stood still.
    expect(resumed.promisedAt?.value).to.equal('2026-03-31T15:59:59.999+0000')
    expect((await findItem(db, id))!).to.include({ status: 'reviewing', round: 2, promised_due: '2026-03-31' })
  })

  it('counts a lapsed correction as withdrawn, with that reason', async () => {
    const one = await opened({ matters: ['resident-pension'] })
    const id = one.item('resident-pension')
    await askedToCorrect(id, one.id)
    await run(id, 'open-correction')
    expect(await run(id, 'lapse-correction')).to.deep.equal({ outcome: { value: 'withdrawn', type: 'String' } })
    expect([await status(id), ...await codes(id)]).to.deep.equal(['withdrawn', 'CORRECTION_LAPSED'])
  })

  it('lets a row be corrected by itself', async () => {
    const one = await opened({ matters: CONTRIBUTION, rows: ['resident-pension', 'flexible-medical'] })
    for (const insurance of ['resident-pension', 'flexible-medical']) await run(one.row(insurance), 'open-item')
    const correctionId = await askedToCorrect(one.item('contribution'), one.id, ctx.clock.now(), one.row('flexible-medical'))
    await run(one.row('flexible-medical'), 'open-correction')
    expect(await status(one.item('contribution'))).to.equal('correcting')
    await run(one.row('resident-pension'), 'conclude-item', { result: 'approved' })
    expect(await status(one.item('contribution')), 'while the other row is decided').to.equal('correcting')
    await updateCorrection(db, correctionId, { status: 'submitted', submitted_at: ctx.clock.now() })
    const answer = await run(one.row('flexible-medical'), 'resume-item')
    expect([await status(one.item('contribution')), answer.promisedAt?.type]).to.deep.equal(['reviewing', 'Date'])
  })

  it('refuses an application whose matters exclude each other, with rule and clause, and no other', async () => {
    const one = await submittedCase(ctx, { matters: ['resident-pension', 'flexible-pension', 'archive-transfer'] })
    await run(one.id, 'refuse-application')
    for (const slug of ['resident-pension', 'flexible-pension', 'archive-transfer']) {
      expect(await status(one.item(slug))).to.equal('not-accepted')
      const [reason] = (await findReasons(db, [one.item(slug)])).get(one.item(slug))!
      expect(reason!.rule_id, slug).to.be.a('string')
      expect(reason!.clause, slug).to.be.a('string')
    }
    const good = await submittedCase(ctx, { matters: ['resident-pension'] })
    await run(good.id, 'refuse-application')
    expect(await status(good.item('resident-pension'))).to.equal('submitted')
  })

  it('notes by which version of the process and of the tables something was done without a clerk', async () => {
    const noted = async (chain: string, type: string) =>
      JSON.parse((await db('audit_event').where({ chain, type }).first()).data) as Record<string, unknown>
    const by = (id: string, step: string, processDefinitionId: string, variables = {}) =>
      runStep(ctx, id, `common.${step}`, { ...input(variables), processDefinitionId })
    const refused = await submittedCase(ctx, { matters: ['resident-pension', 'flexible-pension'] })
    await by(refused.id, 'refuse-application', 'guangxi-enrolment:4:e')
    expect(await noted(refused.id, 'application-refused')).to.deep.include({
      processDefinition: 'guangxi-enrolment:4:e', decisionTables: ['guangxi-exclusivity:1']
    })
    const one = await submittedCase(ctx, { matters: ['resident-pension'] })
    await by(one.id, 'accept-application', 'guangxi-enrolment:4:e')
    expect((await noted(one.id, 'application-accepted')).decisionTables).to.include('guangxi-deadlines:1')
    await run(one.item('resident-pension'), 'open-item')
    await by(one.item('resident-pension'), 'conclude-item', 'guangxi-resident-pension:2:r', { result: 'approved' })
    expect(await noted(one.id, 'item-approved')).to.deep.include({
      processDefinition: 'guangxi-resident-pension:2:r', decisionTables: ['guangxi-review:1']
    })
    expect(await noted(one.id, 'item-opened'), 'an earlier worker tells no process').not.to.have.property('processDefinition')
  })

  it('lets a process behind the server\'s back end, and notes it', async () => {
    const stranger = randomUUID()
    const before = await db('audit_event').where({ chain: 'system', type: 'unknown-process-refused' })
    const task = randomUUID()
    expect(await run(stranger, 'refuse-application', {}, task)).to.deep.equal({})
    expect(await run(stranger, 'refuse-application', {}, task)).to.deep.equal({})
    expect(await db('audit_event').where({ chain: 'system', type: 'unknown-process-refused' })).to.have.length(before.length + 1)
    const error = await run(stranger, 'accept-application').then(() => expect.fail('accepted'), (refusal: unknown) => refusal)
    expect(error).to.include({ code: 'SUBJECT_UNKNOWN' })
  })

  it('fails an unpaid row when its time is over, and leaves a paid one', async () => {
    const one = await opened({ matters: CONTRIBUTION, rows: ['resident-pension', 'flexible-medical'] })
    for (const [insurance, payment_status] of [['resident-pension', 'due'], ['flexible-medical', 'paid']] as const) {
      await run(one.row(insurance), 'open-item')
      await updateRow(db, one.row(insurance), { payment_status }, 1)
      await run(one.row(insurance), 'lapse-payment')
    }
    expect((await findRow(db, one.row('resident-pension')))!.payment_status).to.equal('failed')
    expect((await findRow(db, one.row('flexible-medical')))!.payment_status).to.equal('paid')
  })

  it('gives what it answered before also while the rules cannot be asked', async () => {
    const { id } = await submittedCase(ctx, { matters: ['resident-pension'] })
    const away = { ...ctx, decisions: { evaluate: () => Promise.reject(new Error('away')) } }
    const asked = input({}, 'task-once')
    expect(await runStep(away, id, 'common.accept-application', asked).then(() => 'answered', (error: Error) => error.message)).to.equal('away')
    const answer = await runStep(ctx, id, 'common.accept-application', asked)
    expect(await runStep(away, id, 'common.accept-application', asked)).to.deep.equal(answer)
  })

  describe('twice', () => {
    /** How a case comes to the point at which the step runs; gives the id it runs for. */
    const situations: Record<string, () => Promise<{ id: string; variables?: Record<string, string> }>> = {
      'common.accept-application': async () => ({ id: (await submittedCase(ctx, { matters: ['resident-pension'] })).id }),
      'common.refuse-application': async () => ({ id: (await submittedCase(ctx, { matters: ['resident-pension', 'flexible-pension'] })).id }),
      'common.open-item': async () => ({ id: (await accepted({ matters: ['resident-pension'] })).item('resident-pension') }),
      'common.conclude-item': async () =>
        ({ id: (await opened({ matters: ['resident-pension'] })).item('resident-pension'), variables: { result: 'rejected' } }),
      'common.open-correction': async () => correcting(),
      'common.lapse-correction': async () => correcting(true),
      'common.resume-item': async () => correcting(true),
      'common.withdraw-item': async () => ({ id: (await opened({ matters: ['resident-pension'] })).item('resident-pension') }),
      'common.decline-row': async () =>
        ({ id: (await opened({ matters: CONTRIBUTION, rows: ['resident-pension'] })).id, variables: { insurance: 'resident-pension' } }),
      'common.collect-results': async () => approved('mail'),
      'common.record-hand-over': async () => approved('window'),
      'common.deliver-card': async () => ({ id: (await approved('mail')).item }),
      'common.lapse-payment': async () => {
        const one = await opened({ matters: CONTRIBUTION, rows: ['resident-pension'] })
        await run(one.row('resident-pension'), 'open-item')
        return { id: one.row('resident-pension') }
      },
      'common.close-application': async () => ({ id: (await accepted({ matters: ['resident-pension'] })).id })
    }
    const correcting = async (isOpen = false) => {
      const one = await opened({ matters: ['resident-pension'] })
      await askedToCorrect(one.item('resident-pension'), one.id)
      if (isOpen) await run(one.item('resident-pension'), 'open-correction')
      return { id: one.item('resident-pension') }
    }
    const approved = async (delivery: 'mail' | 'window') => {
      const one = await opened({ matters: ['resident-pension'], delivery })
      await run(one.item('resident-pension'), 'conclude-item', { result: 'approved' })
      return { id: one.id, item: one.item('resident-pension') }
    }
    /** Everything a step can change; instants stand still in these tests. */
    const picture = async () => JSON.stringify(await Promise.all(
      ['application', 'item', 'item_row', 'item_reason', 'clock_interval', 'correction', 'audit_event', 'outbox'].map(table => db(table).orderBy('id'))))

    for (const topic of Object.keys(recordSteps)) {
      it(`${topic}: the same task, at once and again, has one effect and one answer`, async () => {
        const { id, variables } = await situations[topic]!()
        const once = input(variables)
        const first = await Promise.all([1, 2, 3].map(() => runStep(ctx, id, topic, once)))
        const after = await picture()
        expect(first[1]).to.deep.equal(first[0])
        expect(first[2]).to.deep.equal(first[0])
        expect(await runStep(ctx, id, topic, once)).to.deep.equal(first[0])
        expect(await picture()).to.equal(after)
      })

      it(`${topic}: another task of the engine for the same step gets the same answer`, async () => {
        const { id, variables } = await situations[topic]!()
        const first = await runStep(ctx, id, topic, input(variables))
        const items = JSON.stringify(await db('item').orderBy('id'))
        expect(await runStep(ctx, id, topic, input(variables))).to.deep.equal(first)
        expect(JSON.stringify(await db('item').select('id', 'status', 'outcome', 'round', 'promised_due').orderBy('id')))
          .to.equal(JSON.stringify((JSON.parse(items) as Record<string, unknown>[])
            .map(({ id: one, status: state, outcome, round, promised_due }) => ({ id: one, status: state, outcome, round, promised_due }))))
      })
    }
  })

  it('keeps every chain of events whole', async () => {
    for (const { id } of await db('application').select('id')) expect((await verifyChain(db, id)).isIntact).to.equal(true)
  })
})
