import { readFileSync } from 'node:fs'
import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Knex } from 'knex'
import type { Retention } from '../../../../core/retention.ts'
import type { Actor } from '../../../../server/auth/actor.ts'
import { canSeeApplication } from '../../../../server/auth/visibility.ts'
import type { ServerContext } from '../../../../server/context.ts'
import { findApplication, readContent } from '../../../../server/db/applications.ts'
import type { Application } from '../../../../server/db/applications.ts'
import { appendAudit, verifyChain } from '../../../../server/db/audit.ts'
import { EMPTIED, KEPT, NOTHING } from '../../../../server/db/case-erasure.ts'
import { sealHeads, verifySeals } from '../../../../server/db/audit-seals.ts'
import { decideErasure, proposeErasure, retentionState, workErasures } from '../../../../server/services/retention/runs.ts'
import { onBothDatabases } from '../../../support/databases.ts'
import { submittedCase, testContext } from '../../support/case-context.ts'
import { handIn } from '../../support/hand-in.ts'

const DAY = 86_400_000
const START = Date.parse('2026-03-24T02:00:00Z')
const NAME = '韦测试'
const actor = (account: string, more: Partial<Actor> = {}): Actor =>
  ({ account, key: account, personKey: null, region: 'guangxi', department: null, division: null, roles: ['supervisor'], ...more })
const FIRST = actor('supervisor-gx')
const SECOND = actor('supervisor-gx-2')

const refusedWith = (code: string, work: () => Promise<unknown>): Promise<void> =>
  work().then(() => expect.fail('it was done'), (error: unknown) => { expect(error).to.include({ code }) })

onBothDatabases('services/retention/runs', database => {
  let db: Knex
  let ctx: ServerContext
  let now: number
  let dataDir: string
  let policy: Partial<Retention> = {}

  beforeEach(async () => {
    db = await database.openMigrated()
    dataDir = await mkdtemp(join(tmpdir(), 'retention-'))
    now = START
    const base = testContext(db, { dataDir, real: () => now })
    ctx = { ...base, regions: { ...base.regions, retention: slug => ({ ...base.regions.retention(slug), ...policy }) } }
    policy = {}
  })

  /** A case that was approved and closed, with a paper, a message and everything that tells of the person. */
  const closedCase = async (): Promise<string> => {
    const { id, item } = await submittedCase(ctx, { matters: ['resident-pension'] })
    const file = { bytes: Buffer.from('paper'), mediaType: 'application/pdf', code: 'id-card', slug: null, fileName: `${NAME}.pdf` }
    await handIn(ctx, FIRST, id, [file])
    await appendAudit(db, { chain: id, type: 'item-approved', actor: { role: 'clerk', id: 'hrss-gx' }, itemId: item('resident-pension'), data: {}, at: now })
    await db('item').where({ application_id: id }).update({ status: 'delivered', outcome: 'approved', decided_at: now, receipt_number: 'R-1' })
    await db('rating').insert({ id: `rating-${id}`, application_id: id, level: 5, text_enc: ctx.crypto.encrypt('rating', 'text_enc', `rating-${id}`, NAME), created_at: now })
    await db('idempotency_key').insert({ applicant_key: 'key-of-applicant', key: id, body_hash: '', response_enc: 'sealed', created_at: now })
    await db('application').where({ id }).update({ closed_at: now, number: `N-${id.slice(0, 8)}`, name_key: 'n', mobile_key: 'm', mobile_last4_key: 'l' })
    return id
  }
  const run = async (): Promise<void> => {
    const { id } = await proposeErasure(ctx, FIRST)
    await decideErasure(ctx, SECOND, id, true)
    await workErasures(ctx)
  }
  const due = async (): Promise<Record<string, number>> =>
    Object.fromEntries((await retentionState(ctx, FIRST)).kinds.map(({ kind, due: count }) => [kind, count]))
  const types = async (chain: string): Promise<string[]> => db('audit_event').where({ chain }).orderBy('seq').pluck('type') as unknown as Promise<string[]>

  it('lists what is past its period to the day, and erases nothing by looking', async () => {
    const id = await closedCase()
    now = START + 3650 * DAY
    expect((await due()).materials).to.equal(0)
    now += 1
    expect(await due()).to.deep.equal({ drafts: 0, materials: 1, forms: 0, messages: 1, feedback: 0 })
    const [, materials] = (await retentionState(ctx, FIRST)).kinds
    expect(materials).to.include({ title: '申请材料', days: 3650 })
    expect(Date.parse(materials!.oldestAt!)).to.equal(START)
    expect(await db('material').where({ application_id: id })).to.have.length(1)
  })

  it('takes two persons, and reaches what was listed and not what ended since', async () => {
    const old = await closedCase()
    now = START + 3651 * DAY
    const { id } = await proposeErasure(ctx, FIRST)
    await refusedWith('ERASURE_MOVED_ON', () => proposeErasure(ctx, SECOND))
    await refusedWith('SECOND_PERSON_REQUIRED', () => decideErasure(ctx, FIRST, id, true))
    await refusedWith('NOT_FOUND', () => decideErasure(ctx, actor('supervisor-nx', { region: 'ningxia' }), id, true))
    await refusedWith('FORBIDDEN', () => proposeErasure(ctx, actor('supervisor-gx-nanning', { division: '450100' })))
    await workErasures(ctx)
    expect(await db('material').where({ application_id: old })).to.have.length(1)
    await decideErasure(ctx, SECOND, id, true)
    await refusedWith('ERASURE_MOVED_ON', () => decideErasure(ctx, SECOND, id, true))
    const later = await closedCase()
    now += 3650 * DAY
    await workErasures(ctx)
    expect(await db('material').pluck('application_id')).to.deep.equal([later])
    const [done] = (await retentionState(ctx, FIRST)).runs
    expect(done).to.include({ state: 'done', proposedBy: 'supervisor-gx', decidedBy: 'supervisor-gx-2' })
    expect(done!.kinds.find(({ kind }) => kind === 'materials')).to.include({ due: 1, erased: 1 })
    expect(await types('system')).to.include.members(['erasure-proposed', 'erasure-confirmed', 'erasure-done'])
  })

  it('sends a run back, after which nothing is erased and another can be proposed', async () => {
    await closedCase()
    now = START + 3651 * DAY
    const { id } = await proposeErasure(ctx, FIRST)
    expect((await decideErasure(ctx, FIRST, id, false)).state).to.equal('rejected')
    await workErasures(ctx)
    expect((await due()).materials).to.equal(1)
    await proposeErasure(ctx, SECOND)
  })

  it('takes the files from the disk and keeps their hashes in the trail', async () => {
    const id = await closedCase()
    const stored = async (): Promise<string[]> => {
      const entries = await readdir(dataDir, { recursive: true, withFileTypes: true })
      return entries.filter(one => one.isFile()).map(one => one.name)
    }
    expect(await stored()).to.have.length(1)
    const [{ sha256 }] = await db('material').select('sha256') as [{ sha256: string }]
    now = START + 3651 * DAY
    await run()
    expect([await db('material'), await stored()]).to.deep.equal([[], []])
    const [event] = await db('audit_event').where({ chain: id, type: 'case-erased' }).andWhereLike('data', '%materials%')
    expect(JSON.parse(event.data).materials).to.deep.equal([{ code: 'id-card', size: 5, sha256 }])
  })

  it('leaves nothing of the person, and trail, counts, number and receipt as they were', async () => {
    const id = await closedCase()
    const why = (source: string, message: string) =>
      ({ id: `${source}-${id}`, item_id: item, code: 'OTHER', message, source, created_at: now })
    const item = (await db('item').where({ application_id: id }).first('id')).id as string
    await db('item_reason').insert([why('clerk', `${NAME}的照片不清楚`), why('department', `${NAME}已参保`), why('rule', '已满60周岁')])
    await sealHeads(db, now)
    const counted = await db('item').where({ application_id: id }).first('slug', 'status', 'outcome', 'decided_at', 'receipt_number')
    const before = (await verifyChain(db, id)).count
    now = START + 10_951 * DAY
    await run()
    const application = (await findApplication(db, id))!
    expect(readContent(ctx, application)).to.deep.equal({ common: {}, items: {}, agent: null })
    const { person_key, name_key, mobile_key, mobile_last4_key, signature_enc, applicant_key, created_by } = application
    expect({ person_key, name_key, mobile_key, mobile_last4_key, signature_enc, applicant_key, created_by }).to.deep.equal({
      person_key: null, name_key: null, mobile_key: null, mobile_last4_key: null, signature_enc: null, applicant_key: '', created_by: ''
    })
    for (const [table, columns] of Object.entries(EMPTIED)) {
      for (const row of await db(table).where({ application_id: id })) for (const column of columns) expect(row[column], `${table}.${column}`).to.equal(null)
    }
    expect(await db('item_reason').where({ item_id: item }).orderBy('source').pluck('message')).to.deep.equal([NOTHING, NOTHING, '已满60周岁'])
    expect(await db('idempotency_key').where({ key: id })).to.deep.equal([])
    expect(await db('item').where({ application_id: id }).first('slug', 'status', 'outcome', 'decided_at', 'receipt_number')).to.deep.equal(counted)
    expect(application.number).to.match(/^N-/)
    const verdict = await verifyChain(db, id)
    expect([verdict.isIntact, verdict.count > before]).to.deep.equal([true, true])
    await sealHeads(db, now)
    expect((await verifySeals(db)).isIntact).to.equal(true)
    const owner = actor('', { key: 'key-of-applicant', roles: ['citizen'], account: null })
    const clerk = actor('hrss-gx', { roles: ['clerk'], department: 'hrss', division: '450103' })
    for (const one of [owner, clerk]) expect(await canSeeApplication(db, one, application)).to.equal(false)
  })

  it('takes drafts that nobody goes on with, and never one that was sent in the meantime', async () => {
    const draft = async (): Promise<string> => {
      const { id } = await submittedCase(ctx, { matters: ['resident-pension'] })
      await db('item').where({ application_id: id }).delete()
      await db('application').where({ id }).update({ status_draft: true, submitted_at: null, number: null })
      return id
    }
    const left = await draft()
    const sent = await draft()
    now = START + 181 * DAY
    const touched = await draft()
    const { id } = await proposeErasure(ctx, FIRST)
    await decideErasure(ctx, SECOND, id, true)
    await db<Application>('application').where({ id: sent }).update({ status_draft: false })
    await workErasures(ctx)
    expect(await db('application').orderBy('id').pluck('id')).to.deep.equal([sent, touched].sort())
    expect(left).to.not.equal(sent)
  })

  it('takes messages and answered opinions, and no open case', async () => {
    const { id: open } = await submittedCase(ctx, { matters: ['resident-pension'] })
    await appendAudit(db, { chain: open, type: 'application-submitted', actor: { role: 'system', id: 's' }, data: {}, at: now })
    const closed = await closedCase()
    const seal = (id: string) => ctx.crypto.encrypt('feedback', 'content_enc', id, JSON.stringify({ text: NAME, mobile: '13877101001' }))
    const opinion = (id: string, status: string) => db('feedback').insert({
      id, number: id, region: 'guangxi', status, content_enc: seal(id), mobile_last4_key: 'k', created_at: now, answered_at: status === 'answered' ? now : null
    })
    await opinion('answered', 'answered')
    await opinion('open', 'received')
    now = START + 1096 * DAY
    await run()
    expect(await db('notification').pluck('application_id')).to.deep.equal([open])
    expect(await db('notification').where({ application_id: closed })).to.deep.equal([])
    const text = async (id: string) => ctx.crypto.decrypt('feedback', 'content_enc', id, (await db('feedback').where({ id }).first()).content_enc)
    expect(await text('answered')).to.not.match(/韦测试|13877101001/)
    expect(await text('open')).to.contain(NAME)
  })

  it('goes by itself once a day where the region has set so', async () => {
    policy = { isAutomatic: true }
    await closedCase()
    now = START + 3651 * DAY
    await workErasures(ctx)
    const runs = async () => (await retentionState(ctx, FIRST)).runs.map(({ state, proposedBy }) => [state, proposedBy])
    expect(await runs()).to.deep.equal([['done', 'retention']])
    await workErasures(ctx)
    expect(await runs()).to.have.length(1)
    await refusedWith('NOTHING_EXPIRED', () => proposeErasure(ctx, FIRST))
  })
})

describe('the erasure of a case', () => {
  it('knows of every sealed column of the schema what becomes of it', () => {
    const columns = [...readFileSync('server/db/schema.sqlite.sql', 'utf8').matchAll(/CREATE TABLE `(\w+)` \(([\s\S]*?)\n\);/g)]
      .flatMap(([, table, body]) => [...body!.matchAll(/`(\w+_enc)`/g)].map(([, column]) => `${table}.${column}`))
    const known = [...Object.entries(EMPTIED).flatMap(([table, names]) => names.map(name => `${table}.${name}`)), ...Object.keys(KEPT), 'task_remark.text_enc']
    expect(columns.filter(column => !known.includes(column))).to.deep.equal([])
  })
})
