import { expect } from 'chai'
import type { Knex } from 'knex'
import { tallyDecided } from '../../../server/db/decided-tally.ts'
import type { DecidedWindow } from '../../../server/db/decided-tally.ts'
import { countDecided } from '../../../server/db/oversight-queries.ts'
import type { DecidedCount } from '../../../server/db/oversight-queries.ts'
import { onBothDatabases } from '../../support/databases.ts'
import { randomOf } from '../../support/random.ts'
import { insertItem } from '../../support/rows.ts'

const DAY = 86_400_000
const TODAY = Date.parse('2026-03-24T00:00:00+08:00')
const REGION = { region: 'guangxi', department: null, divisionPrefix: '' }
const REMITS = [REGION, { ...REGION, department: 'medical' }, { ...REGION, divisionPrefix: '4501' }, { ...REGION, region: 'ningxia' }]
/** Six days, of which four are settled. */
const windowOf = (today: number): DecidedWindow => ({ since: today - 5 * DAY, settledBefore: today - DAY })

onBothDatabases('server/db/decided-tally', ({ kind, openMigrated }) => {
  let db: Knex
  const random = randomOf(20260324)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const instant = (): number => TODAY + Math.floor((random() * 9 - 7) * DAY)
  const patch = () => {
    const outcome = pick(['approved', 'rejected', 'withdrawn', null])
    return {
      outcome, decided_at: outcome && instant(), promised_due: pick([null, '2026-03-20', '2026-03-24']), slug: pick(['archive-transfer', 'flexible-pension']),
      deadline_kind: pick(['immediate', 'promised']), department: pick(['hrss', 'medical']), division: pick([null, '450100', '450200']),
      region: pick(['guangxi', 'guangxi', 'ningxia'])
    }
  }
  const sorted = (counts: readonly DecidedCount[]) => counts.map(count => JSON.stringify(Object.entries(count).sort())).sort()
  const compare = async (what: string, window = windowOf(TODAY)): Promise<void> => {
    for (const remit of REMITS) {
      expect(sorted(await tallyDecided(db, remit, window)), what).to.deep.equal(sorted(await countDecided(db, remit, window.since)))
    }
  }

  before(async () => { db = await openMigrated() })
  beforeEach(async () => {
    for (const table of ['item', 'application', 'decided_tally']) await db(table).delete()
  })

  it('answers as a count of all that was decided does, also when a settled day changes', async () => {
    const items = [await insertItem(db, patch())]
    for (let step = 0; step < 150; step++) {
      if (items.length < 15 || random() < 0.3) items.push(await insertItem(db, patch()))
      else if (random() < 0.2) await db('item').where({ id: items.splice(Math.floor(random() * items.length), 1)[0] }).delete()
      else await db('item').where({ id: pick(items) }).update(patch())
      await compare(`step ${step}`, windowOf(TODAY + pick([0, 0, 0, 0, 1, -1]) * DAY))
    }
  })

  if (kind !== 'postgresql') return

  it('counts the settled days once, however often it is asked and whatever is decided today', async () => {
    await insertItem(db, { outcome: 'approved', decided_at: TODAY - 3 * DAY })
    const id = await insertItem(db)
    await compare('before')
    await db('decided_tally').where({ region: 'guangxi' }).update({ sums: db.raw("replace(sums, '\"decided\":1', '\"decided\":101')") })
    await db('item').where({ id }).update({ outcome: 'approved', status: 'approved', decided_at: TODAY })
    await db('item').update({ status: 'delivered', delivered_at: TODAY })
    expect((await tallyDecided(db, REGION, windowOf(TODAY))).map(({ decided }) => decided)).to.deep.equal([102])
    await compare('on the next day', windowOf(TODAY + DAY))
  })
})
