import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import type { Actor } from '../../../server/auth/actor.ts'
import type { ServerContext } from '../../../server/context.ts'
import { findApplication, readContent, sealContent, updateApplication } from '../../../server/db/applications.ts'
import type { ApplicationContent } from '../../../server/db/applications.ts'
import { insertCorrection, updateCorrection } from '../../../server/db/corrections.ts'
import { findItem, findOpenItemsOfPerson } from '../../../server/db/items.ts'
import { submitCorrection } from '../../../server/services/correction.ts'
import { personKey } from '../../../server/services/person-keys.ts'
import { onBothDatabases } from '../../support/databases.ts'
import { people, staff } from '../../support/public-server.ts'
import { submittedCase, testContext } from '../support/case-context.ts'

const ID_NUMBER = '/common/person/idNumber'

onBothDatabases('services/correction', database => {
  const [first, second, third] = people.map(({ person }) => ({ idType: 'resident-id', idNumber: String(person.idNumber) }))
  let ctx: ServerContext
  before(async () => { ctx = testContext(await database.openMigrated()) })
  after(() => ctx.db.destroy())

  const keyOf = (person: typeof first): string => personKey(ctx.crypto, person)!
  const citizen = (person: typeof first): Actor => ({ ...staff('citizen'), key: 'key-of-applicant', account: null, personKey: keyOf(person) })

  /** A case of the first person, of which one item asks for these fields; answers what gives them. */
  async function asked(paths: readonly string[], { channel = 'online' as 'online' | 'window', agent = null as ApplicationContent['agent'] } = {}) {
    const one = await submittedCase(ctx, { matters: ['flexible-pension', 'flexible-medical'], channel, person: first })
    const before = (await findApplication(ctx.db, one.id))!
    const content = { ...readContent(ctx, before), agent }
    await updateApplication(ctx.db, one.id, { content_enc: sealContent(ctx, one.id, content), person_key: keyOf(first) }, 1)
    await ctx.db('item').where({ application_id: one.id }).update({ person_key: keyOf(first) })
    const correctionId = randomUUID()
    await insertCorrection(ctx.db, {
      id: correctionId, itemId: one.item('flexible-pension'), applicationId: one.id, createdBy: 'hrss-gx', at: 1, materials: [],
      fields: paths.map(path => ({ path, reasonCode: 'FIELD_INCORRECT', text: '' }))
    })
    await updateCorrection(ctx.db, correctionId, { opened_at: 2, deadline: '2026-03-31' })
    const application = (await findApplication(ctx.db, one.id))!
    const item = (await findItem(ctx.db, one.item('flexible-pension')))!
    const give = (actor: Actor, fields: Record<string, unknown>) =>
      submitCorrection(ctx, actor, { application, item }, { correctionId, fields, materials: [] }).catch((error: unknown) => error)
    const owners = async (): Promise<unknown[]> => [
      (await findApplication(ctx.db, one.id))!.person_key, ...await ctx.db('item').where({ application_id: one.id }).orderBy('slug').pluck('person_key')
    ]
    return { number: application.number, give, owners }
  }
  const notYourself = (answer: unknown): void => {
    expect(answer).to.include({ code: 'FORM_INVALID' })
    expect((answer as { fields: unknown[] }).fields.map(field => field as { path: string; code: string }).map(({ path, code }) => [path, code]))
      .to.deep.equal([[ID_NUMBER, 'NOT_YOURSELF']])
  }

  it('makes the items those of the person whose number was put in, so that what they exclude is found', async () => {
    const agent = { name: '欧阳娜娜', ...second, relation: '配偶', mobile: '13877100002' }
    const { number, give, owners } = await asked([ID_NUMBER], { agent })
    expect(await give(citizen(second), { [ID_NUMBER]: third!.idNumber })).to.include({ status: 'submitted' })
    expect(await owners()).to.deep.equal([keyOf(third), keyOf(third), keyOf(third)])
    const open = await findOpenItemsOfPerson(ctx.db, keyOf(third), 'guangxi')
    expect(open.map(one => [one.slug, one.number]).sort()).to.deep.equal([['flexible-medical', number], ['flexible-pension', number]])
    expect(await findOpenItemsOfPerson(ctx.db, keyOf(first), 'guangxi')).to.deep.equal([])
  })

  it('takes online nobody else\'s number from who is no agent, and writes nothing then', async () => {
    const { give, owners } = await asked([ID_NUMBER])
    notYourself(await give(citizen(first), { [ID_NUMBER]: third!.idNumber }))
    expect(await owners()).to.deep.equal([keyOf(first), keyOf(first), keyOf(first)])
    expect(await give(citizen(first), { [ID_NUMBER]: first!.idNumber })).to.include({ status: 'submitted' })
  })

  it('lets an agent not make somebody else the agent', async () => {
    const agent = { name: '欧阳娜娜', ...second, relation: '配偶', mobile: '13877100002' }
    const { give } = await asked(['/agent/idNumber'], { agent })
    notYourself(await give(citizen(second), { '/agent/idNumber': third!.idNumber }))
  })

  it('takes the number that a window saw', async () => {
    const { give, owners } = await asked([ID_NUMBER], { channel: 'window' })
    expect(await give(staff('window', 'window-gx'), { [ID_NUMBER]: third!.idNumber })).to.include({ status: 'submitted' })
    expect(await owners()).to.deep.equal([keyOf(third), keyOf(third), keyOf(third)])
  })

  it('takes other fields as before, of items that stay whose they are', async () => {
    const { give, owners } = await asked(['/common/person/mobile'])
    expect(await give(citizen(first), { '/common/person/mobile': '13700000001' })).to.include({ status: 'submitted' })
    expect(await owners()).to.deep.equal([keyOf(first), keyOf(first), keyOf(first)])
  })
})
