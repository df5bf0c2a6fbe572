import { expect } from 'chai'
import type { ApiClient } from '../../../scripts/client.ts'
import { insertVerdict } from '../../../server/db/verdicts.ts'
import { findWorkItem } from '../../../server/db/work-items.ts'
import { completeInBulk } from '../../../server/services/tasks/bulk-complete.ts'
import { isGreen } from '../../../server/services/tasks/green-task.ts'
import { onBothDatabases } from '../../support/databases.ts'
import { staff, startPublicServer } from '../../support/public-server.ts'
import type { PublicServer } from '../../support/public-server.ts'
import { tableDecisions } from '../../policy/table-decisions.ts'
import { submittedCase } from '../support/case-context.ts'
import { askingForTwo, REVIEW } from '../support/second-person.ts'
import { openWorkItem } from '../support/task.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- answers are read as they come */

const clerkOf = (account: string) => staff('clerk', account, { department: 'hrss', division: '450103' })

onBothDatabases('routes/task-decide', database => {
  let server: PublicServer
  let clerk: ApiClient
  let colleague: ApiClient
  let xml = REVIEW
  let records: unknown

  before(async () => {
    server = await startPublicServer({ db: await database.openMigrated(), decisions: tableDecisions() })
    const engine = server.ctx.engine as unknown as Record<string, unknown>
    let version = 0
    engine.assignTask = async () => 'done'
    engine.decisionDefinition = async (key: string) => ({ id: `${key}:${++version}`, key, version })
    engine.decisionXml = async () => xml
    engine.processXml = () => Promise.reject(new Error('no model'))
    ;(server.ctx.dataSharing as unknown as Record<string, unknown>).records = async () => records
    clerk = await server.as(clerkOf('hrss-gx'))
    colleague = await server.as(clerkOf('hrss-gx-colleague'))
  })
  after(() => server.stop())
  beforeEach(() => {
    records = { outcome: 'known', value: { household: null, residence: null, currentEnrolments: null, licences: [] } }
  })

  async function review(more = {}): Promise<{ id: string; applicationId: string; itemId: string }> {
    const one = await submittedCase(server.ctx, { matters: ['flexible-pension'] })
    const itemId = one.item('flexible-pension')
    const { id } = await openWorkItem(server.ctx, { application_id: one.id, item_id: itemId, slug: 'flexible-pension', ...more })
    return { id, applicationId: one.id, itemId }
  }
  const decide = (client: ApiClient, id: string, decision = 'approve') =>
    client.send('POST', `tasks/${id}/complete`, { decision, ...(decision === 'reject' ? { reasonCode: 'OTHER' } : {}) })

  it('lets a decision count only when a second person agrees, where the rule asks for two', async () => {
    xml = askingForTwo('review-doubtful')
    const { id, applicationId } = await review({ rule_id: 'review-doubtful' })
    expect((await decide(clerk, id)).body.status).to.equal('proposed')
    expect(await findWorkItem(server.ctx.db, id)).to.include({ state: 'open', assignee: null })
    expect((await decide(clerk, id)).body).to.include({ status: 409, code: 'SECOND_CLERK_REQUIRED' })
    const unexplained = await clerk.send('POST', `tasks/${id}/complete`, { decision: 'reject' })
    expect(unexplained.body.code, 'the state before the content').to.equal('SECOND_CLERK_REQUIRED')
    expect((await clerk.send('POST', 'tasks/next', {})).status).to.equal(204)
    expect((await colleague.get(`tasks/${id}/dossier`)).proposal).to.include({ decision: 'approve', label: '通过' })
    expect((await decide(colleague, id, 'reject')).body.status, 'who disagrees proposes').to.equal('proposed')
    expect(await server.ctx.db('outbox').where({ aggregate_id: applicationId })).to.deep.equal([])
    expect((await decide(clerk, id, 'reject')).body.status).to.equal('decided')
    expect((await findWorkItem(server.ctx.db, id))!.state).to.equal('decided')
    const trail = await server.ctx.db('audit_event').where({ chain: applicationId }).orderBy('seq')
    expect(trail.map(({ type, actor_id }: any) => [type, actor_id])).to.deep.equal([
      ['decision-proposed', 'hrss-gx'], ['decision-proposed', 'hrss-gx-colleague'], ['task-decided', 'hrss-gx']
    ])
  })

  it('asks for one person alone by every other rule', async () => {
    const { id } = await review({ rule_id: 'review-unavailable' })
    expect((await decide(clerk, id)).body.status).to.equal('decided')
  })

  it('marks an approval against an automatic finding', async () => {
    const { id, applicationId, itemId } = await review()
    await server.ctx.db('item_reason').insert({
      id: `r-${id}`, item_id: itemId, row_id: null, code: 'IDENTITY_NOT_CONFIRMED', rule_id: null, clause: null, message: '核验不一致', source: 'department', created_at: 1
    })
    await clerk.post(`tasks/${id}/complete`, { decision: 'approve', reasonText: '已当面核对' })
    const { data } = await server.ctx.db('audit_event').where({ chain: applicationId, type: 'task-decided' }).first()
    expect(JSON.parse(data).overrides).to.deep.equal(['IDENTITY_NOT_CONFIRMED'])
  })

  it('completes in bulk only what is green, and draws the share of the region for a look at each', async () => {
    const green = await Promise.all([1, 2, 3].map(() => review()))
    const doubted = await review()
    await insertVerdict(server.ctx.db, {
      id: `v-${doubted.id}`, task_id: doubted.id, application_id: doubted.applicationId, subject: '/common/person/mobile', verdict: 'wrong',
      reason_code: null, text_enc: null, given_by: 'x', created_at: 1
    })
    const ids = [...green.map(({ id }) => id), doubted.id]
    const drawn: number[][] = []
    const results = await completeInBulk(server.ctx, clerkOf('hrss-gx'), ids, {
      isGreen: task => isGreen(server.ctx, task), draw: (count, of) => { drawn.push([count, of]); return new Set([1]) }
    })
    expect(drawn, 'a tenth of three, rounded up').to.deep.equal([[1, 3]])
    expect(results.map(({ status, code }) => [status, code])).to.deep.equal([
      ['done', undefined], ['drawn', undefined], ['done', undefined], ['refused', 'CHECK_NOT_GREEN']
    ])
    expect((await findWorkItem(server.ctx.db, green[1]!.id))!).to.include({ state: 'open', assignee: 'hrss-gx' })
    expect((await findWorkItem(server.ctx.db, green[0]!.id))!.state).to.equal('decided')
  })

  it('takes nothing for green that nobody could check, and refuses a mixture', async () => {
    const one = await review()
    records = { outcome: 'unmatched' }
    const bulk = (taskIds: string[]) => clerk.send('POST', 'tasks/bulk', { action: 'complete', taskIds })
    expect((await bulk([one.id])).body.results).to.deep.equal([{ id: one.id, status: 'refused', code: 'CHECK_NOT_GREEN' }])
    const other = await review({ slug: 'resident-pension' })
    expect((await bulk([one.id, other.id])).body).to.include({ status: 422, code: 'BULK_MIXED' })
    const stranger = await server.as(staff('clerk', 'medical-gx', { department: 'medical', division: '450103' }))
    const answer = await stranger.send('POST', 'tasks/bulk', { action: 'complete', taskIds: [one.id] })
    expect(answer.body.results).to.deep.equal([{ id: one.id, status: 'refused', code: 'NOT_FOUND' }])
  })
})
