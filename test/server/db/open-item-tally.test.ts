import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import type { Knex } from 'knex'
import { closeIntervals, openInterval } from '../../../server/db/clock-intervals.ts'
import { countOpenItems } from '../../../server/db/open-item-counts.ts'
import type { OpenCount } from '../../../server/db/open-item-counts.ts'
import { renewTally, tallyOpenItems } from '../../../server/db/open-item-tally.ts'
import type { Remit } from '../../../server/db/remit.ts'
import type { SlaDays } from '../../../server/db/sla-queries.ts'
import { onBothDatabases } from '../../support/databases.ts'
import { randomOf } from '../../support/random.ts'
import { insertItem } from '../../support/rows.ts'
import { until } from '../../support/until.ts'

const STATUSES = ['submitted', 'accepted', 'waiting', 'reviewing', 'correcting', 'approved']
const DAYS = ['2026-03-22', '2026-03-23', '2026-03-24', '2026-03-25', '2026-03-26']
const REGION: Remit = { region: 'guangxi', department: null, divisionPrefix: '' }
const REMITS: readonly Remit[] = [REGION, { ...REGION, department: 'medical' }, { ...REGION, divisionPrefix: '4501' }, { ...REGION, region: 'ningxia' }]
const TODAY: SlaDays = { today: '2026-03-24', warnBefore: '2026-03-26', isLate: false }

onBothDatabases('server/db/open-item-tally', ({ kind, openMigrated }) => {
  let db: Knex
  let random: () => number
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const patch = () => ({
    status: pick(STATUSES), decided_at: pick([null, null, null, 1]), promised_due: pick([null, ...DAYS]), red_due: pick([null, ...DAYS]),
    deadline_kind: pick(['immediate', 'promised']), department: pick(['hrss', 'medical']), division: pick([null, '450100', '450103', '450200']),
    has_incident: pick([true, false])
  })
  const insertStop = (subjectId: string) =>
    openInterval(db, { subjectId, kind: pick(['special', 'waiting', 'outage', 'running', 'correction']), startedOn: '2026-03-20' })
  const sorted = (counts: readonly OpenCount[]) => counts.map(count => JSON.stringify(Object.entries(count).sort())).sort()
  const compare = async (what: string, days = TODAY): Promise<void> => {
    for (const remit of REMITS) {
      expect(sorted(await tallyOpenItems(db, remit, days)), what).to.deep.equal(sorted(await countOpenItems(db, remit, days)))
    }
  }

  before(async () => { db = await openMigrated() })
  beforeEach(async () => {
    random = randomOf(20260324)
    for (const table of ['clock_interval', 'item', 'application', 'open_item_tally', 'open_item_change']) await db(table).delete()
  })

  /** What anything may do to items and their stops, one statement or several in one transaction. */
  const steps: Readonly<Record<string, (items: string[]) => Promise<unknown>>> = {
    insert: async items => items.push(await insertItem(db, { ...patch(), region: pick(['guangxi', 'guangxi', 'ningxia']) })),
    update: items => db('item').where({ id: pick(items) }).update(patch()),
    move: items => db('item').where({ id: pick(items) }).update({ region: pick(['guangxi', 'ningxia']), channel: pick(['online', 'window', null]) }),
    redate: () => db('item').whereNotNull('promised_due').update({ promised_due: pick(DAYS) }),
    stop: items => insertStop(pick(items)),
    'stop twice': items => {
      const subject_id = pick(items)
      return db('clock_interval').insert(['special', 'outage'].map(one => ({ id: randomUUID(), subject_id, kind: one, started_on: '2026-03-20' })))
    },
    'let one go on': async () => {
      const ids = await db('clock_interval').whereNull('ended_on').pluck('id') as string[]
      if (ids.length > 0) await db('clock_interval').where({ id: pick(ids) }).update({ ended_on: '2026-03-24' })
    },
    'let all of it go on': items => closeIntervals(db, pick(items), '2026-03-24'),
    'change kinds': () => db('clock_interval').whereIn('kind', ['special', 'running']).update({ kind: pick(['special', 'running', 'outage']) }),
    'move stops': items => db('clock_interval').where({ subject_id: pick(items) }).update({ subject_id: pick(items) }),
    'remove stops': items => db('clock_interval').where({ subject_id: pick(items) }).delete(),
    remove: async items => {
      const [id] = items.splice(Math.floor(random() * items.length), 1)
      await db('item').where({ id }).delete()
    },
    'settle and let go on': items => db.transaction(async trx => {
      const id = pick(items)
      await trx('item').where({ id }).update({ status: 'approved', decided_at: 1 })
      await closeIntervals(trx, id, '2026-03-24')
    }),
    'take back': items => db.transaction(async trx => {
      await trx('item').where({ id: pick(items) }).update(patch())
      await trx.rollback()
    }).catch(() => undefined),
    renew: () => kind === 'postgresql' ? renewTally(db, 'guangxi', TODAY) : Promise.resolve()
  }

  it('answers as a count of all items does, whatever happens to them and their stops', async () => {
    const items = [await insertItem(db), await insertItem(db)]
    for (let step = 0; step < 400; step++) {
      const name = pick(Object.keys(steps))
      if (items.length < 12) items.push(await insertItem(db, patch()))
      await steps[name]!(items)
      await compare(`step ${step}, ${name}`)
    }
  }).timeout(120_000)

  it('follows the days: another one, a late hour, another warning', async () => {
    for (let count = 0; count < 40; count++) await insertItem(db, patch())
    for (let step = 0; step < 30; step++) {
      await db('item').whereIn('id', db('item').select('id').limit(3)).update(patch())
      const today = pick(DAYS)
      await compare(`step ${step}`, { today, warnBefore: pick(DAYS), isLate: pick([true, false]) })
    }
  })

  if (kind !== 'postgresql') return

  const changes = async () => Number((await db('open_item_change').count({ count: '*' }).first())!.count)
  /** As `compare`, without making the counts anew where they are of other days. */
  const compareKept = async (): Promise<void> => {
    expect(await db('open_item_tally').where({ region: 'guangxi' })).to.have.length(1)
    await compare('kept')
  }

  it('notes nothing of what is not counted by', async () => {
    const id = await insertItem(db)
    await insertItem(db, { status: 'submitted' })
    await insertStop('somebody else')
    const before = await changes()
    expect(before).to.equal(1)
    await db('item').where({ id }).update({ has_incident: true, version: 7, status: 'accepted', promised_due: '2026-03-24' })
    await db('clock_interval').update({ reason: 'x' })
    expect(await changes()).to.equal(before)
  })

  it('takes changes into the counts once there are many, and not before', async () => {
    await tallyOpenItems(db, REGION, TODAY)
    const id = await insertItem(db)
    await compareKept()
    expect(await changes()).to.equal(1)
    for (let day = 0; day < 1000; day++) await db('item').where({ id }).update({ promised_due: DAYS[day % 2] })
    await compareKept()
    expect(await changes()).to.be.lessThan(3)
  })

  it('neither loses nor doubles what is committed while the counts are made anew', async () => {
    const ids = await Promise.all(Array.from({ length: 30 }, () => insertItem(db)))
    await tallyOpenItems(db, REGION, TODAY)
    let isDone = false
    const write = async (own: readonly string[]): Promise<void> => {
      for (let round = 0; round < 40; round++) {
        await db.transaction(async trx => {
          const id = own[round % own.length]!
          await trx('item').where({ id }).update(patch())
          await openInterval(trx, { subjectId: id, kind: 'special', startedOn: '2026-03-20' })
          if (round % 2) await closeIntervals(trx, id, '2026-03-24')
        })
      }
    }
    const renew = async (): Promise<void> => {
      for (let round = 0; !isDone; round++) await renewTally(db, 'guangxi', round % 3 ? TODAY : { ...TODAY, today: pick(DAYS) })
    }
    const renewing = [renew(), renew()]
    await Promise.all([write(ids.slice(0, 10)), write(ids.slice(10, 20)), write(ids.slice(20))])
    isDone = true
    await Promise.all(renewing)
    await tallyOpenItems(db, REGION, TODAY)
    await compareKept()
    await renewTally(db, 'guangxi', TODAY)
    expect(await changes()).to.equal(0)
    await compareKept()
  }).timeout(60_000)

  it('leaves what is committed after it began for later', async () => {
    await insertItem(db)
    await tallyOpenItems(db, REGION, TODAY)
    const own = await db.transaction()
    await own('item').update({ promised_due: '2026-03-20' })
    await renewTally(db, 'guangxi', TODAY)
    await own.commit()
    expect(await changes()).to.equal(2)
    await compareKept()
  })

  it('sees one instant while it counts all items', async () => {
    await insertItem(db)
    const own = await db.transaction()
    await own.raw('lock table clock_interval')
    const renewing = renewTally(db, 'guangxi', TODAY)
    await until('the count to come to what stands', async () => (await db.raw<Rows>('select from pg_locks where not granted')).rows.length > 0)
    await own('item').update({ promised_due: '2026-03-20' })
    await own.commit()
    await renewing
    expect(await changes()).to.equal(2)
    await compareKept()
  })

  it('counts an item once that two stop at the same time, and one that is decided while it is stopped', async () => {
    const [twice, decided] = [await insertItem(db), await insertItem(db)]
    await tallyOpenItems(db, REGION, TODAY)
    const [one, other] = [await db.transaction(), await db.transaction()]
    const stop = { kind: 'special', startedOn: '2026-03-20' } as const
    await openInterval(one, { ...stop, subjectId: twice })
    await openInterval(one, { ...stop, subjectId: decided })
    const waiting = openInterval(other, { ...stop, subjectId: twice })
      .then(() => other('item').where({ id: decided }).update({ decided_at: 1, status: 'approved' }))
    await one.commit()
    await waiting
    await other.commit()
    await compareKept()
    const [first, second] = [await db.transaction(), await db.transaction()]
    const ids = await db('clock_interval').where({ subject_id: twice }).pluck('id') as string[]
    await first('clock_interval').where({ id: ids[0] }).update({ ended_on: '2026-03-24' })
    const ending = second('clock_interval').where({ id: ids[1] }).update({ ended_on: '2026-03-24' }).then(() => second.commit())
    await first.commit()
    await ending
    await compareKept()
  })

  it('gives way to whoever is at it', async () => {
    const [other, id] = [await db.transaction(), await insertItem(db)]
    await other.raw("select pg_advisory_xact_lock(730501006, hashtext('guangxi'))")
    expect(await renewTally(db, 'guangxi', TODAY)).to.equal(null)
    expect((await tallyOpenItems(db, REGION, TODAY)).map(({ warn }) => warn)).to.deep.equal([1])
    await other.rollback()
    expect(await renewTally(db, 'guangxi', TODAY)).to.have.length(1)
    await db('item').where({ id }).delete()
    await compareKept()
  })
})

interface Rows {
  readonly rows: readonly unknown[]
}
