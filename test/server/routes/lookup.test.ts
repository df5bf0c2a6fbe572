import { expect } from 'chai'
import { confirmed, draftOf, people, startPublicServer } from '../../support/public-server.ts'
import type { PublicServer } from '../../support/public-server.ts'

describe('routes/lookup', () => {
  let server: PublicServer

  beforeEach(async () => { server = await startPublicServer() })
  afterEach(() => server.stop())

  const look = (number: string, mobileLast4: string) => server.anonymous.send('GET', `lookup?number=${number}&mobileLast4=${mobileLast4}`)

  it('shows progress without personal data, and one refusal for every mistake', async () => {
    const client = await server.citizen(0)
    const id = await draftOf(client, ['flexible-pension'])
    const { number } = await client.call('POST', `applications/${id}/submit`, confirmed(['flexible-pension']))
    const { mobile, idNumber, name } = people[0]!.person as Record<string, string>
    const found = await look(number, mobile!.slice(-4))
    expect([found.status, found.body.status, found.body.items[0].status]).to.deep.equal([200, 'submitted', 'submitted'])
    const text = JSON.stringify(found.body)
    for (const secret of [mobile!, idNumber!, name!, id]) expect(text).not.to.contain(secret)
    const wrongDigits = await look(number, mobile!.slice(-4) === '0000' ? '0001' : '0000')
    const wrongNumber = await look('450000202603249999999', mobile!.slice(-4))
    const [one, other] = [wrongDigits.body, wrongNumber.body].map(({ requestId: _requestId, ...rest }) => rest)
    expect([wrongDigits.status, wrongNumber.status]).to.deep.equal([404, 404])
    expect(one).to.deep.equal(other)
  })

  it('may be asked ten times a minute', async () => {
    const answers = []
    for (let count = 0; count < 11; count++) answers.push(await look(`number-${count}`, '0000'))
    expect(answers.slice(0, 10).every(({ status }) => status === 404)).to.equal(true)
    const last = answers.at(-1)!
    expect([last.status, last.body.code]).to.deep.equal([429, 'TOO_MANY_REQUESTS'])
    expect(Number(last.headers.get('retry-after'))).to.be.greaterThan(0)
  })

  it('checks the shape of the question', async () => {
    const answer = await look('1%00', '12')
    expect(answer.status).to.equal(400)
    expect(answer.body.fields.map((field: { path: string }) => field.path)).to.include('/number')
  })

  it('keeps feedback encrypted', async () => {
    const answer = await server.anonymous.send('POST', 'feedback', { text: '找不到按钮', contact: '13900001111' })
    expect(answer.status).to.equal(201)
    const [event] = await server.ctx.db('audit_event').where({ type: 'feedback' })
    expect(JSON.parse(event.data)).to.deep.equal({ id: answer.body.id, number: answer.body.number })
    const rows = await server.ctx.db('feedback').where({ id: answer.body.id })
    expect(rows).to.have.length(1)
    expect(JSON.stringify([event, rows])).not.to.match(/找不到按钮|13900001111/)
  })
})
