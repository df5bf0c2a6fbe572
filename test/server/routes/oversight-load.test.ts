import { expect } from 'chai'
import type { ApiClient } from '../../../scripts/client.ts'
import type { Actor } from '../../../server/auth/actor.ts'
import { saveStaff } from '../../../server/db/staff.ts'
import { RetryableError } from '../../../core/errors.ts'
import { onBothDatabases } from '../../support/databases.ts'
import { staff, startPublicServer } from '../../support/public-server.ts'
import type { PublicServer } from '../../support/public-server.ts'
import { submittedCase } from '../support/case-context.ts'
import { openWorkItem } from '../support/task.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- answers of the interface are read as they come */

const CLERKS = [
  ['hrss-a', { division: '450103' }], ['hrss-b', { division: '450103' }], ['hrss-liuzhou', { division: '450200' }], ['medical-a', { department: 'medical', division: '450103' }]
] as const
const clerkOf = (account: string, more: Partial<Actor> = {}): Actor => staff('clerk', account, { department: 'hrss', division: '450103', ...more })
const day = (date: string): number => Date.parse(`${date}T23:59:59.999+08:00`)

onBothDatabases('routes/oversight-load', database => {
  let server: PublicServer
  let whole: ApiClient
  let nanning: ApiClient
  let told: unknown[][]
  let isAway = false

  before(async () => {
    server = await startPublicServer({ db: await database.openMigrated() })
    const engine = server.ctx.engine as unknown as Record<string, unknown>
    engine.assignTask = async (...given: unknown[]) => {
      if (isAway) throw new RetryableError('ENGINE_UNAVAILABLE')
      told.push(given)
      return 'done'
    }
    whole = await server.as(staff('supervisor', 'supervisor-gx'))
    nanning = await server.as(staff('supervisor', 'supervisor-gx-nanning', { division: '450100' }))
    for (const [account, more] of CLERKS) {
      await saveStaff(server.ctx.db, { account, region: 'guangxi', roles: ['clerk'], department: 'hrss', ...more }, 1)
    }
  })
  after(() => server.stop())
  beforeEach(async () => {
    told = []
    isAway = false
    for (const table of ['decision_proposal', 'work_item']) await server.ctx.db(table).delete()
  })

  /** Open reviews, due one day after the other from 23 March 2026 on; today is the 24th. */
  async function tasks(count: number, holder: string | null, division = '450103'): Promise<string[]> {
    const ids: string[] = []
    for (let n = 0; n < count; n++) {
      const one = await submittedCase(server.ctx, { matters: ['resident-pension'] })
      const { id } = await openWorkItem(server.ctx, { application_id: one.id, item_id: one.item('resident-pension'), slug: 'resident-pension', division, due_at: day(`2026-03-${23 + n}`) })
      await server.ctx.db('work_item').where({ id }).update({ assignee: holder })
      ids.push(id)
    }
    return ids
  }
  const holderOf = async (id: string) => {
    const { assignee, division } = await server.ctx.db('work_item').where({ id }).first()
    return [assignee, division]
  }
  const move = (body: object, as = whole) => as.send('POST', 'sla/load', { department: 'hrss', reason: '休假', count: 200, ...body })
  const fieldOf = async (work: Promise<{ status: number; body: any }>) => {
    const { status, body } = await work
    return [status, body.fields?.[0]?.path]
  }

  it('counts what clerks hold and what waits for a group, within the divisions of who asks', async () => {
    await tasks(3, 'hrss-a')
    await tasks(2, null, '450200')
    const { clerks, groups } = await whole.get('sla/load')
    expect(clerks.map(({ account, open, overdue }: any) => [account, open, overdue])).to.deep.equal([
      ['hrss-a', 3, 1], ['hrss-b', 0, 0], ['hrss-liuzhou', 0, 0], ['medical-a', 0, 0]
    ])
    expect(groups).to.deep.equal([{ department: 'hrss', departmentName: '人力资源社会保障部门', division: '450200', open: 2, overdue: 1 }])
    const own = await nanning.get('sla/load')
    expect([own.clerks.map(({ account }: any) => account), own.groups]).to.deep.equal([['hrss-a', 'hrss-b', 'medical-a'], []])
    const asked = await whole.get('sla/load?department=hrss&division=450103')
    expect(asked.clerks.map(({ account }: any) => account)).to.deep.equal(['hrss-a', 'hrss-b'])
  })

  it('moves the most urgent tasks of a clerk to a colleague, each with the reason in its trail', async () => {
    const ids = await tasks(3, 'hrss-a')
    expect((await move({ from: { clerk: 'hrss-a' }, to: { clerk: 'hrss-b' }, count: 2 })).body).to.deep.equal({ moved: 2, refused: 0 })
    expect(await Promise.all(ids.map(holderOf))).to.deep.equal([['hrss-b', '450103'], ['hrss-b', '450103'], ['hrss-a', '450103']])
    expect(told).to.deep.equal([[ids[0], 'hrss-b'], [ids[1], 'hrss-b']])
    const events = await server.ctx.db('audit_event').where({ type: 'task-reassigned' })
    expect(events).to.have.length(2)
    expect(JSON.parse(events[0].data)).to.include({ from: 'hrss-a', to: 'hrss-b' })
    expect([events[0].actor_role, events[0].actor_id]).to.deep.equal(['supervisor', 'supervisor-gx'])
    expect(JSON.stringify(events[0])).not.to.contain('休假')
  })

  it('moves tasks of a group to a clerk of another division, who then has them on the desk, and back to a group', async () => {
    const [id] = await tasks(1, null) as [string]
    expect((await move({ from: { division: '450103' }, to: { clerk: 'hrss-liuzhou' } })).body.moved).to.equal(1)
    expect(await holderOf(id)).to.deep.equal(['hrss-liuzhou', '450200'])
    const liuzhou = await server.as(clerkOf('hrss-liuzhou', { division: '450200' }))
    expect((await liuzhou.get('tasks?queue=mine')).tasks.map((one: any) => one.id)).to.deep.equal([id])
    expect((await move({ from: { clerk: 'hrss-liuzhou' }, to: { division: '450103' } })).body.moved).to.equal(1)
    expect(await holderOf(id)).to.deep.equal([null, '450103'])
  })

  it('refuses an end that is not overseen or of another department, and who is no supervisor', async () => {
    const [id] = await tasks(1, 'hrss-a') as [string]
    expect(await fieldOf(move({ from: { clerk: 'hrss-a' }, to: { clerk: 'hrss-liuzhou' } }, nanning))).to.deep.equal([422, '/to/clerk'])
    expect(await fieldOf(move({ from: { clerk: 'hrss-a' }, to: { division: '450200' } }, nanning))).to.deep.equal([422, '/to/division'])
    expect(await fieldOf(move({ from: { clerk: 'hrss-a' }, to: { clerk: 'medical-a' } }))).to.deep.equal([422, '/to/clerk'])
    expect(await fieldOf(move({ from: { clerk: 'hrss-a' }, to: { clerk: 'hrss-a' } }))).to.deep.equal([422, '/to'])
    expect((await move({ from: { clerk: 'hrss-a' }, to: { clerk: 'hrss-b' }, reason: ' ' })).status).to.equal(400)
    for (const role of ['auditor', 'clerk'] as const) {
      expect((await move({ from: { clerk: 'hrss-a' }, to: { clerk: 'hrss-b' } }, await server.as(staff(role)))).status).to.equal(403)
    }
    expect(await holderOf(id)).to.deep.equal(['hrss-a', '450103'])
    const [far] = await tasks(1, 'hrss-liuzhou', '450200') as [string]
    expect((await move({ from: { clerk: 'hrss-liuzhou' }, to: { clerk: 'hrss-b' } }, nanning)).body.moved).to.equal(0)
    expect(await holderOf(far)).to.deep.equal(['hrss-liuzhou', '450200'])
  })

  it('never gives the second look to who took the first, and takes back what the engine could not be told', async () => {
    const [first, second] = await tasks(2, 'hrss-a') as [string, string]
    await server.ctx.db('decision_proposal').insert({ task_id: first, decision: 'approve', input_enc: '', proposed_by: 'hrss-b', created_at: 1 })
    isAway = true
    expect((await move({ from: { clerk: 'hrss-a' }, to: { clerk: 'hrss-b' } })).status).to.equal(503)
    expect(await holderOf(second)).to.deep.equal(['hrss-a', '450103'])
    isAway = false
    expect((await move({ from: { clerk: 'hrss-a' }, to: { clerk: 'hrss-b' } })).body).to.deep.equal({ moved: 1, refused: 0 })
    expect([await holderOf(first), await holderOf(second)]).to.deep.equal([['hrss-a', '450103'], ['hrss-b', '450103']])
  })
})
