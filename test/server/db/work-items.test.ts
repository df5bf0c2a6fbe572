import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import type { Knex } from 'knex'
import type { ServerContext } from '../../../server/context.ts'
import { countWorkItems, dueOf, listWorkItems } from '../../../server/db/work-item-queries.ts'
import { addWorkItems, changeWorkItem, endWorkItem, findKnownWorkItems, findWorkItem, listOpenIds } from '../../../server/db/work-items.ts'
import { onBothDatabases } from '../../support/databases.ts'
import { testContext } from '../support/case-context.ts'
import { openWorkItem } from '../support/task.ts'

onBothDatabases('db/work-items', database => {
  let db: Knex
  let ctx: ServerContext
  before(async () => {
    db = await database.openMigrated()
    ctx = testContext(db)
  })
  afterEach(() => db('work_item').delete())

  const desk = { department: 'hrss', divisionPrefix: '450103' }
  const page = { after: null, limit: 10 }

  it('lets one of many take a task', async () => {
    const { id } = await openWorkItem(ctx)
    const taken = await Promise.all(Array.from({ length: 10 }, (_, index) =>
      changeWorkItem(db, id, { state: 'open', assignee: null }, { assignee: `clerk-${index}` }, 5)))
    expect(taken.filter(Boolean)).to.have.length(1)
    expect((await findWorkItem(db, id))!.version).to.equal(2)
  })

  it('never lets an older reading bring an ended task back', async () => {
    const task = await openWorkItem(ctx)
    expect(await endWorkItem(db, task.id, { isCompleted: false, endedAt: 9 }, 9)).to.equal(true)
    expect(await endWorkItem(db, task.id, { isCompleted: true, endedAt: 10 }, 10)).to.equal(false)
    await openWorkItem(ctx, { id: task.id })
    expect(await findWorkItem(db, task.id)).to.include({ state: 'cancelled', ended_at: 9, name: '审核' })
    expect((await findKnownWorkItems(db, [task.id, 'other'])).size).to.equal(1)
  })

  it('stores many at once, and the same again without effect', async () => {
    const template = await openWorkItem(ctx)
    const many = Array.from({ length: 95 }, () => ({
      id: randomUUID(), application_id: 'a', item_id: null, row_id: null, region: 'guangxi', slug: null, department: 'hrss', division: '450103', name: 'n',
      kind: 'review', activity_id: 'T', process_definition_id: 'p', process_instance_id: 'i', decisions: '[]', due_at: null, created_at: 1, rule_id: null
    }))
    await addWorkItems(db, many, 1)
    await changeWorkItem(db, many[0]!.id, {}, { assignee: 'me' }, 2)
    await addWorkItems(db, many, 3)
    expect((await findWorkItem(db, many[0]!.id))!.assignee).to.equal('me')
    const ids: string[] = []
    for (let after = ''; ;) {
      const rows = await listOpenIds(db, after, 40)
      ids.push(...rows.map(({ id }) => id))
      if (rows.length < 40) break
      after = rows.at(-1)!.id
    }
    expect(ids.sort()).to.deep.equal([template.id, ...many.map(({ id }) => id)].sort())
  })

  it('lists the most urgent first, those without a due date last, page by page', async () => {
    const dues = [500, null, 100, 300, null]
    for (const due_at of dues) await openWorkItem(ctx, { due_at })
    const first = await listWorkItems(db, { region: 'guangxi', desks: [desk] }, { after: null, limit: 3 })
    expect(first.map(dueOf)).to.deep.equal([100, 300, 500])
    const last = first.at(-1)!
    const rest = await listWorkItems(db, { region: 'guangxi', desks: [desk] }, { after: { key: last.due_at, id: last.id }, limit: 3 })
    expect(rest.map(dueOf)).to.deep.equal([null, null])
  })

  it('shows a desk nothing of another department, division or region', async () => {
    for (const [department, division, region] of [['hrss', '450103', 'guangxi'], ['hrss', '450200', 'guangxi'], ['medical', '450103', 'guangxi'], ['hrss', '450103', 'ningxia']]) {
      await openWorkItem(ctx, { department: department!, division: division!, region: region! })
    }
    const count = async (divisionPrefix: string, department = 'hrss') =>
      (await listWorkItems(db, { region: 'guangxi', desks: [{ department, divisionPrefix }] }, page)).length
    expect([await count('450103'), await count('4501'), await count('45'), await count('450102'), await count('', 'medical'), await count('', 'tax')])
      .to.deep.equal([1, 1, 2, 0, 1, 0])
    expect(await listWorkItems(db, { region: 'guangxi', desks: [] }, page)).to.deep.equal([])
  })

  it('lists several desks as one, each task once', async () => {
    for (const [department, due_at] of [['hrss', 400], ['window', 100], ['hrss', 200], ['window', 300], ['tax', 50]] as const) await openWorkItem(ctx, { department, due_at })
    const filter = { region: 'guangxi', desks: [desk, { department: 'hrss', divisionPrefix: '4501' }, { department: 'window', divisionPrefix: '' }] }
    const first = await listWorkItems(db, filter, { after: null, limit: 3 })
    expect(first.map(dueOf)).to.deep.equal([100, 200, 300])
    const { due_at: key, id } = first[1]!
    expect((await listWorkItems(db, filter, { after: { key, id }, limit: 3 })).map(dueOf)).to.deep.equal([300, 400])
    expect(await countWorkItems(db, filter, 10)).to.equal(4)
    expect(await countWorkItems(db, filter, 3)).to.equal(3)
  })

  it('reads a list in its order out of an index, and sorts nothing', async () => {
    for (const filter of [
      { desks: [desk], assignee: null }, { desks: [{ ...desk, divisionPrefix: '4501' }] }, { desks: [{ ...desk, divisionPrefix: '' }], due: { to: 9 } },
      { desks: [{ ...desk, divisionPrefix: '' }], assignee: 'me' }, { desks: [{ ...desk, divisionPrefix: '' }], kind: 'pickup' }
    ]) {
      const plan = await planOf(() => listWorkItems(db, { region: 'guangxi', ...filter }, { after: { key: 5, id: 'a' }, limit: 3 }))
      expect(plan, JSON.stringify(filter)).to.match(/work_item_open_\w+/).and.not.match(/Sort|TEMP B-TREE/)
    }
  })

  /** What the database means to do for the one query of some work, without statistics that a few rows would bend. */
  async function planOf(work: () => Promise<unknown>): Promise<string> {
    const asked: Knex.Sql[] = []
    const note = (query: Knex.Sql) => { asked.push(query) }
    db.on('query', note)
    await work()
    db.off('query', note)
    const { sql, bindings } = asked[0]!
    return db.transaction(async trx => {
      if (database.kind === 'sqlite') return JSON.stringify(await trx.raw(`explain query plan ${sql}`, bindings as never))
      await trx.raw('set local enable_seqscan = off')
      await trx.raw('set local enable_sort = off')
      return JSON.stringify((await trx.raw(`explain ${sql.replace(/\$\d+/g, '?')}`, bindings as never)).rows)
    })
  }

  it('filters by holder, case, matter and due date', async () => {
    const applicationId = randomUUID()
    const task = await openWorkItem(ctx, { application_id: applicationId, slug: 'flexible-pension', due_at: 500 })
    await openWorkItem(ctx)
    await changeWorkItem(db, task.id, {}, { assignee: 'me' }, 1)
    const ids = async (filter: object) => (await listWorkItems(db, { region: 'guangxi', desks: [desk], ...filter }, page)).map(({ id }) => id)
    for (const filter of [{ assignee: 'me' }, { applicationId }, { slug: 'flexible-pension' }, { due: { from: 500, to: 501 } }]) {
      expect(await ids(filter), JSON.stringify(filter)).to.deep.equal([task.id])
    }
    expect(await ids({ assignee: null })).to.have.length(1).and.not.include(task.id)
    expect(await ids({ due: { to: 500 } })).to.deep.equal([])
  })
})
