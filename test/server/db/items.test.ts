import { expect } from 'chai'
import type { Knex } from 'knex'
import { addReasons, findItem, findOpenItemsOfPerson, findReasons, insertItems, updateItem } from '../../../server/db/items.ts'
import type { Item } from '../../../server/db/items.ts'
import { submittedItems } from '../../../server/services/submission-rows.ts'
import { createRegionCatalogue } from '../../../server/regions/catalogue.ts'
import { onBothDatabases } from '../../support/databases.ts'
import { insertApplication } from '../../support/rows.ts'

const region = createRegionCatalogue().get('guangxi')

onBothDatabases('db/items', database => {
  let db: Knex
  before(async () => { db = await database.openMigrated() })

  const add = async (number: string, matters: string[]): Promise<Item[]> => {
    const id = await insertApplication(db, { number, status_draft: false })
    const items = submittedItems({
      application: { id }, region, matters, content: { common: {}, items: {}, agent: null }, divisions: new Map(), personKey: 'someone'
    } as never, 1)
    await insertItems(db, items)
    return items
  }

  it('finds a person\'s open items with their number, decided ones left out', async () => {
    const [first] = await add('N1', ['flexible-pension', 'flexible-medical'])
    await add('N2', ['social-security-card'])
    await updateItem(db, first!.id, { status: 'approved', outcome: 'approved' }, 2)
    const open = await findOpenItemsOfPerson(db, 'someone', 'guangxi')
    expect(open.map(({ slug, number }) => `${number} ${slug}`)).to.have.members(['N1 flexible-medical', 'N2 social-security-card'])
    expect(await findOpenItemsOfPerson(db, 'someone', 'ningxia')).to.deep.equal([])
  })

  it('counts the version up with each change and keeps reasons in order', async () => {
    const [item] = await add('N3', ['archive-transfer'])
    await updateItem(db, item!.id, { has_incident: true }, 7)
    expect(await findItem(db, item!.id)).to.include({ version: 2, updated_at: 7, has_incident: true, is_provisional: false })
    await addReasons(db, item!.id, [{ code: 'A', message: '甲', source: 'rule', ruleId: 'r1', clause: 'c1' }], 1)
    await addReasons(db, item!.id, [{ code: 'B', message: '乙', source: 'clerk' }], 2)
    const reasons = (await findReasons(db, [item!.id])).get(item!.id) ?? []
    expect(reasons.map(({ code, rule_id }) => [code, rule_id])).to.deep.equal([['A', 'r1'], ['B', null]])
  })
})
