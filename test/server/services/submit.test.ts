import { expect } from 'chai'
import type { ApiClient } from '../../../scripts/client.ts'
import { verifyChain } from '../../../server/db/audit.ts'
import { onBothDatabases } from '../../support/databases.ts'
import { confirmed, draftOf, noConflicts, pensionsExclude, people, startPublicServer } from '../../support/public-server.ts'
import type { PublicServer } from '../../support/public-server.ts'

onBothDatabases('services/submit', database => {
  let server: PublicServer

  before(async () => { server = await startPublicServer({ db: await database.openMigrated(), decisions: pensionsExclude }) })
  after(() => server.stop())

  const submit = (client: ApiClient, id: string, matters: readonly string[], headers?: Record<string, string>) =>
    client.send('POST', `applications/${id}/submit`, confirmed(matters), headers)

  it('gives twenty equal submissions one number and one order to start', async () => {
    const client = await server.citizen(0)
    const id = await draftOf(client, ['flexible-pension'])
    const answers = await Promise.all(Array.from({ length: 20 }, () => submit(client, id, ['flexible-pension'])))
    const [won, ...others] = answers.sort((a, b) => a.status - b.status)
    expect(won!.status).to.equal(202)
    for (const { status, body } of others) expect([status, body.code, body.number]).to.deep.equal([409, 'ALREADY_SUBMITTED', won!.body.number])
    const orders = await server.ctx.db('outbox').where({ aggregate_id: id })
    expect(orders.map(({ kind, payload }) => [kind, payload])).to.deep.equal([['start-process', '{}']])
    expect(await server.ctx.db('item').where({ application_id: id })).to.have.length(1)
    expect((await verifyChain(server.ctx.db, id)).isIntact).to.equal(true)
  })

  it('gives twenty with one Idempotency-Key the same answer', async () => {
    const client = await server.citizen(1)
    const id = await draftOf(client, ['flexible-pension'])
    const key = { 'idempotency-key': 'one-key-for-all' }
    const answers = await Promise.all(Array.from({ length: 20 }, () => submit(client, id, ['flexible-pension'], key)))
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.number}`)).size).to.equal(1)
    expect(answers[0]!.status).to.equal(202)
    expect(await server.ctx.db('outbox').where({ aggregate_id: id })).to.have.length(1)
  })

  it('lets one of two drafts of a person win when their matters exclude each other', async () => {
    const client = await server.citizen(2)
    const pairs = await Promise.all(['resident-pension', 'flexible-pension'].map(async slug => [await draftOf(client, [slug]), slug] as const))
    const answers = await Promise.all(pairs.map(([id, slug]) => submit(client, id, [slug])))
    const [won, lost] = answers.sort((a, b) => a.status - b.status)
    expect([won!.status, lost!.status, lost!.body.code]).to.deep.equal([202, 409, 'OPEN_ITEM_CONFLICT'])
    expect(lost!.body.number).to.equal(won!.body.number)
  })

  it('tells of an open item before what is wrong with the form, and never to a stranger', async () => {
    const client = await server.citizen(4)
    const { number } = (await submit(client, await draftOf(client, ['flexible-pension']), ['flexible-pension'])).body
    const { idNumber } = people[4]!.person
    const second = await draftOf(client, ['resident-pension'], ({ items }) => { delete items['resident-pension']!.paymentTier })
    const own = await client.send('POST', `applications/${second}/submit`, { ...confirmed([]), declarationAccepted: false })
    expect([own.status, own.body.code, own.body.number]).to.deep.equal([409, 'OPEN_ITEM_CONFLICT', number])
    const stranger = await server.citizen(5)
    const guessed = await draftOf(stranger, ['resident-pension'], ({ common }) => { common.person.idNumber = idNumber })
    const { status, body } = await submit(stranger, guessed, ['resident-pension'])
    expect([status, body.code]).to.deep.equal([422, 'FORM_INVALID'])
    expect(JSON.stringify(body)).not.to.contain(number)
  })

  it('numbers many at once without gap or double', async () => {
    const clients = await Promise.all(Array.from({ length: 10 }, (_, index) => server.citizen(10 + index)))
    const numbers = await Promise.all(clients.map(async client => {
      const id = await draftOf(client, ['flexible-medical'])
      return (await submit(client, id, ['flexible-medical'])).body.number as string
    }))
    const sequences = numbers.map(number => Number(number.slice(17, 23))).sort((a, b) => a - b)
    expect(sequences.at(-1)! - sequences[0]!).to.equal(9)
    expect(new Set(sequences).size).to.equal(10)
  })

  it('does not take the content that was changed meanwhile', async () => {
    const client = await server.citizen(3)
    const id = await draftOf(client, ['flexible-pension'])
    const answer = await submit(client, id, ['flexible-pension'], { 'if-match': '"7"' })
    expect([answer.status, answer.body.code]).to.deep.equal([412, 'VERSION_CONFLICT'])
  })

  it('writes nothing when the rules cannot be asked', async () => {
    const down = await startPublicServer({
      db: await database.openMigrated(),
      decisions: { evaluate: key => key.endsWith('-exclusivity') ? Promise.reject(new Error('down')) : noConflicts.evaluate(key, {}) }
    })
    const client = await down.citizen(0)
    const id = await draftOf(client, ['flexible-pension'])
    const answer = await submit(client, id, ['flexible-pension'])
    expect([answer.status, answer.body.code]).to.deep.equal([500, 'INTERNAL'])
    expect(JSON.stringify(answer.body)).not.to.contain('down')
    expect([(await down.ctx.db('item')).length, (await down.ctx.db('outbox')).length]).to.deep.equal([0, 0])
    await down.stop()
  })
})
