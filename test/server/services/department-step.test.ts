import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Knex } from 'knex'
import sharp from 'sharp'
import type { ServerContext } from '../../../server/context.ts'
import { findAttempts, findCall } from '../../../server/db/department-calls.ts'
import { findItem, findReasons, updateItem } from '../../../server/db/items.ts'
import { findRow, readAssessment } from '../../../server/db/item-rows.ts'
import { storeFile } from '../../../server/documents/uploads.ts'
import { beginStep, failStep } from '../../../server/services/department-step.ts'
import type { Finished } from '../../../server/services/finish-step.ts'
import { finishStep } from '../../../server/services/finish-step.ts'
import { runStep } from '../../../server/services/steps/run-step.ts'
import { onBothDatabases } from '../../support/databases.ts'
import type { CaseOptions, TestCase } from '../support/case-context.ts'
import { submittedCase, testContext } from '../support/case-context.ts'

const RECEIPT = { number: 'HRSS-1', issuedAt: '2026-03-24T10:00:00+08:00' }

onBothDatabases('services/department-step', database => {
  let ctx: ServerContext
  let db: Knex
  let folder: string
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'steps-'))
    db = await database.openMigrated()
    ctx = testContext(db, { dataDir: folder })
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  const run = (id: string, topic: string, variables = {}) => runStep(ctx, id, topic, { taskId: randomUUID(), processInstanceId: 'i', variables, worker: 'w' })
  async function opened(options: CaseOptions): Promise<TestCase> {
    const one = await submittedCase(ctx, options)
    await run(one.id, 'common.accept-application')
    for (const slug of options.matters) if (slug !== 'contribution') await run(one.item(slug), 'common.open-item')
    for (const insurance of options.rows ?? []) await run(one.row(insurance), 'common.open-item')
    return one
  }
  const finish = (id: string, topic: string, requestId: string, more: Partial<Finished> = {}) => finishStep(ctx, id, topic, {
    requestId, variables: { registration: 'registered' }, receipt: RECEIPT, reasons: [],
    evidence: { department: 'hrss', payloadHash: 'a'.repeat(64), responseHash: 'b'.repeat(64), httpStatus: 200,
      attempts: [{ startedAt: 1, finishedAt: 2, result: 'ok', httpStatus: 200 }] },
    ...more
  }, 'worker')
  const refusal = (work: Promise<unknown>) => work.then(() => expect.fail('it was done'), (error: unknown) => error)

  it('tells a department the listed fields and no other, under a request id that stays the same', async () => {
    const one = await opened({ matters: ['flexible-pension'] })
    const id = one.item('flexible-pension')
    const begun = await beginStep(ctx, id, 'guangxi.flexible-pension.verify')
    expect(begun.fields).to.deep.equal({ name: '韦测试', idType: 'resident-id', idNumber: '450103199008160244' })
    expect(begun).to.deep.include({
      requestId: `${id}:verify:1`, round: 1, earlier: null,
      context: { region: 'guangxi', division: '450103', channel: 'online', slug: 'flexible-pension' }
    })
    const again = await beginStep(ctx, id, 'guangxi.flexible-pension.verify')
    expect([again.requestId, again.traceparent]).to.deep.equal([begun.requestId, begun.traceparent])
    const trace = (await db('application').where({ id: one.id }).first()).traceparent as string
    expect(begun.traceparent.slice(0, 35)).to.equal(trace.slice(0, 35))
    expect(await findCall(db, begun.requestId)).to.include({ attempts: 2, status: 'open', department: 'data-sharing', item_id: id })
  })

  it('notes by which version of the process and of the conditions a verification was judged', async () => {
    const one = await opened({ matters: ['flexible-pension'] })
    const [id, topic] = [one.item('flexible-pension'), 'guangxi.flexible-pension.verify']
    const { requestId } = await beginStep(ctx, id, topic)
    await finish(id, topic, requestId, {
      variables: { verification: 'passed' }, receipt: null, facts: { isStudent: false }, processDefinitionId: 'guangxi-flexible-pension:3:x'
    })
    const { data } = await db('audit_event').where({ chain: one.id, type: 'department-step' }).first()
    expect(JSON.parse(data)).to.deep.include({
      processDefinition: 'guangxi-flexible-pension:3:x', decisionTables: ['guangxi-eligibility:1', 'guangxi-needed-facts:1']
    })
  })

  it('keeps result, receipt and evidence in one go, and answers a repetition alike', async () => {
    const one = await opened({ matters: ['flexible-pension'] })
    const id = one.item('flexible-pension')
    const topic = 'guangxi.flexible-pension.register'
    const { requestId } = await beginStep(ctx, id, topic)
    const answers = await Promise.all([1, 2, 3].map(() => finish(id, topic, requestId)))
    expect(answers).to.deep.equal(Array(3).fill({ registration: 'registered' }))
    expect(await findItem(db, id)).to.include({ receipt_number: 'HRSS-1', receipt_issued_at: Date.parse(RECEIPT.issuedAt) })
    expect(await findAttempts(db, requestId)).to.have.length(1)
    expect(await db('audit_event').where({ chain: one.id, type: 'department-step' })).to.have.length(1)
    expect((await beginStep(ctx, id, topic)).earlier).to.deep.equal({
      outcome: { registration: 'registered' }, receipt: { number: 'HRSS-1', issuedAt: '2026-03-24T10:00:00.000+08:00' }
    })
    expect(await refusal(finish(id, topic, requestId, { receipt: { ...RECEIPT, number: 'HRSS-2' } }))).to.include({ code: 'REQUEST_ID_REUSED' })
    expect((await findItem(db, id))!.receipt_number).to.equal('HRSS-1')
  })

  it('keeps why a department refused, and takes no receipt for a refusal', async () => {
    const one = await opened({ matters: ['flexible-pension'] })
    const id = one.item('flexible-pension')
    const topic = 'guangxi.flexible-pension.register'
    const { requestId } = await beginStep(ctx, id, topic)
    await finish(id, topic, requestId, {
      variables: { registration: 'refused' }, receipt: null, reasons: [{ code: 'ALREADY_ENROLLED', message: '450103199008160244已参保' }]
    })
    await run(id, 'common.conclude-item', { result: 'rejected' })
    const reasons = (await findReasons(db, [id])).get(id)!
    expect(reasons.map(({ code, message, source }) => [code, message, source])).to.deep.equal([['ALREADY_ENROLLED', '[已隐去]已参保', 'department']])
    expect((await findItem(db, id))!.receipt_number).to.equal(null)
  })

  it('brings the money of a declaration to its row, and asks the register that keeps the insurance', async () => {
    const one = await opened({ matters: ['contribution'], rows: ['flexible-medical'] })
    const id = one.row('flexible-medical')
    const check = await beginStep(ctx, id, 'guangxi.contribution.check-enrolment')
    expect(check.context).to.include({ slug: 'contribution', insurance: 'flexible-medical' })
    expect((await findCall(db, check.requestId))!.department).to.equal('medical')
    const assess = await beginStep(ctx, id, 'guangxi.contribution.assess')
    expect(assess.fields).to.include({ periodStart: '2026-01-01', tierFen: null })
    const assessment = { socialInsuranceCode: '450000000000000001', taxpayerId: '450103199008160244', lines: [{ item: '医保', subitem: '个人', amountFen: 40_000 }] }
    const answer = await finish(id, 'guangxi.contribution.assess', assess.requestId, {
      variables: { assessment: 'assessed' }, receipt: null, amounts: { amountFen: 40_000 }, assessment
    })
    expect(answer).to.deep.equal({ assessment: 'assessed' })
    const assessed = (await findRow(db, id))!
    expect(readAssessment(ctx, assessed)).to.deep.equal(assessment)
    expect(assessed.assessment_enc).not.to.contain('450103199008160244').and.not.to.contain('医保')
    const declare = await beginStep(ctx, id, 'guangxi.contribution.declare')
    expect(declare.fields.amountFen).to.equal(40_000)
    await finish(id, 'guangxi.contribution.declare', declare.requestId)
    expect(await findRow(db, id)).to.include({ amount_fen: 40_000, payment_status: 'due', receipt_number: 'HRSS-1' })
  })

  it('tells of a photo its measures, not its name', async () => {
    const one = await opened({ matters: ['social-security-card'] })
    const id = one.item('social-security-card')
    const bytes = await sharp({ create: { width: 358, height: 441, channels: 3, background: '#fff' } }).withMetadata({ density: 350 }).jpeg().toBuffer()
    const materialId = randomUUID()
    await db('material').insert({
      id: materialId, application_id: one.id, code: 'photo', slug: 'social-security-card', file_name_enc: '', sha256: 'c'.repeat(64), size: bytes.length,
      media_type: 'image/jpeg', stored_name: await storeFile(ctx.crypto, folder, materialId, bytes), uploaded_by: 'x', created_at: 1
    })
    const { fields } = await beginStep(ctx, id, 'guangxi.social-security-card.check-photo')
    expect(fields.photo).to.deep.equal({ sha256: 'c'.repeat(64), mediaType: 'image/jpeg', bytes: bytes.length, widthPx: 358, heightPx: 441, dpi: 350 })
  })

  it('mails every result that waits for it, once', async () => {
    const one = await opened({ matters: ['flexible-pension', 'flexible-medical'], delivery: 'mail' })
    for (const slug of ['flexible-pension', 'flexible-medical']) await run(one.item(slug), 'common.conclude-item', { result: 'approved' })
    const { requestId, fields } = await beginStep(ctx, one.id, 'common.mail-results')
    expect([requestId, fields.recipient]).to.deep.equal([`${one.id}:mail-results:1`, '韦测试'])
    for (let time = 0; time < 2; time++) await finish(one.id, 'common.mail-results', requestId, { variables: {} })
    for (const slug of ['flexible-pension', 'flexible-medical']) expect((await findItem(db, one.item(slug)))!.status).to.equal('delivered')
    expect(await db('audit_event').where({ chain: one.id, type: 'item-delivered' })).to.have.length(2)
  })

  it('notes failed attempts, and lets a person start the step again', async () => {
    const one = await opened({ matters: ['flexible-pension'] })
    const id = one.item('flexible-pension')
    const topic = 'guangxi.flexible-pension.register'
    const { requestId } = await beginStep(ctx, id, topic)
    await failStep(ctx, id, topic, { requestId, code: 'DEPARTMENT_UNAVAILABLE', httpStatus: 503, isFinal: false }, 'w')
    expect((await findCall(db, requestId))!.status).to.equal('open')
    await failStep(ctx, id, topic, { requestId, code: 'DEPARTMENT_REPLY_INVALID', isFinal: true }, 'w')
    await failStep(ctx, id, topic, { requestId, code: 'DEPARTMENT_REPLY_INVALID', isFinal: true }, 'w')
    expect((await findCall(db, requestId))!.status).to.equal('failed')
    expect(await db('audit_event').where({ chain: one.id, type: 'department-step-failed' })).to.have.length(1)
    await finish(id, topic, (await beginStep(ctx, id, topic)).requestId)
    await failStep(ctx, id, topic, { requestId, code: 'LATE', isFinal: true }, 'w')
    expect((await findCall(db, requestId))!.status).to.equal('done')
  })

  it('refuses what does not belong together', async () => {
    const one = await opened({ matters: ['flexible-pension', 'flexible-medical'] })
    const id = one.item('flexible-pension')
    const { requestId } = await beginStep(ctx, id, 'guangxi.flexible-pension.verify')
    expect(await refusal(beginStep(ctx, randomUUID(), 'guangxi.flexible-pension.verify'))).to.include({ code: 'SUBJECT_UNKNOWN', status: 404 })
    expect(await refusal(beginStep(ctx, id, 'guangxi.flexible-pension.nothing'))).to.include({ code: 'STEP_UNKNOWN', status: 404 })
    expect(await refusal(finish(one.item('flexible-medical'), 'guangxi.flexible-pension.verify', requestId))).to.include({ code: 'STEP_CONFLICT', status: 409 })
    expect(await refusal(finish(id, 'guangxi.flexible-pension.register', requestId))).to.include({ code: 'STEP_CONFLICT' })
    expect(await refusal(finish(id, 'guangxi.flexible-pension.verify', requestId, { variables: { verification: '张三' } }))).to.include({ name: 'ForbiddenVariable', status: 409 })
    await run(id, 'common.withdraw-item')
    expect(await refusal(beginStep(ctx, id, 'guangxi.flexible-pension.register'))).to.include({ code: 'WITHDRAWN', status: 409 })
  })

  it('notes a registration that came through although the item had been withdrawn', async () => {
    const one = await opened({ matters: ['flexible-pension'] })
    const id = one.item('flexible-pension')
    const topic = 'guangxi.flexible-pension.register'
    const { requestId } = await beginStep(ctx, id, topic)
    await updateItem(db, id, { status: 'withdrawn', outcome: 'withdrawn' }, 1)
    await finish(id, topic, requestId)
    expect(await db('audit_event').where({ chain: one.id, type: 'registered-after-withdrawal' })).to.have.length(1)
    expect((await findItem(db, id))!.status).to.equal('withdrawn')
  })
})
