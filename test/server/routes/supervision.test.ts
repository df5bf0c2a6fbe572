import { expect } from 'chai'
import type { ApiClient } from '../../../scripts/client.ts'
import { updateItem } from '../../../server/db/items.ts'
import type { Item } from '../../../server/db/items.ts'
import { confirmed, draftOf, staff, startPublicServer } from '../../support/public-server.ts'
import type { PublicServer } from '../../support/public-server.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- answers of the interface are read as they come */

describe('routes/supervision', () => {
  let server: PublicServer
  let clerk: ApiClient
  let supervisor: ApiClient
  let next = 0

  before(async () => {
    server = await startPublicServer()
    clerk = await server.as(staff('clerk', 'hrss-gx', { department: 'hrss', division: '450103' }))
    supervisor = await server.as(staff('supervisor', 'supervisor-gx'))
  })
  after(() => server.stop())

  const others = () => Promise.all([
    server.as(staff('clerk', 'tax-gx', { department: 'tax', division: '450103' })),
    server.as(staff('clerk', 'hrss-gx2', { department: 'hrss', division: '450200' })),
    server.as(staff('clerk', 'hrss-nx', { department: 'hrss', region: 'ningxia', division: '640104' })),
    server.as(staff('supervisor', 'supervisor-nx', { region: 'ningxia' }))
  ])

  it('offers the five national levels, the best first', async () => {
    const { levels, reasons } = await server.anonymous.get('rating-options')
    expect(levels.map((one: any) => one.label)).to.deep.equal(['非常满意', '满意', '基本满意', '不满意', '非常不满意'])
    expect(reasons.map((one: any) => one.code)).to.include('NOT_TOLD_AT_ONCE')
  })

  describe('ratings', () => {
    const finished = async () => {
      const citizen = await server.citizen(next++)
      const id = await draftOf(citizen, ['flexible-pension'])
      await citizen.call('POST', `applications/${id}/submit`, confirmed(['flexible-pension']))
      const items: Item[] = await server.ctx.db('item').where({ application_id: id })
      await updateItem(server.ctx.db, items[0]!.id, { status: 'delivered', outcome: 'approved' }, 1)
      return { citizen, id }
    }
    const rated = async (level: number, path = 'items/flexible-pension/rating') => {
      const one = await finished()
      const rating = await one.citizen.call('POST', `applications/${one.id}/${path}`, { level, reasons: ['TOO_SLOW', '排队太久'], text: '等了很久' })
      return { ...one, rating: rating.id as string }
    }
    const listed = async (client: ApiClient, state = 'open') => (await client.get(`ratings?state=${state}&limit=100`)).ratings.map((one: any) => one.id)

    it('make work of 4 and 5, of the item or the whole, and of nothing better', async () => {
      const [bad, worst, fair] = [await rated(4), await rated(5, 'rating'), await rated(3)]
      for (const client of [clerk, supervisor]) {
        expect(await listed(client)).to.include.members([bad.rating, worst.rating]).and.not.include(fair.rating)
      }
      const { ratings } = await clerk.get('ratings')
      const one = ratings.find(({ id }: any) => id === bad.rating)
      expect(one).to.include({ slug: 'flexible-pension', title: '灵活就业人员养老保险登记', level: 4, text: '等了很久', awaitsReply: true })
      expect(one.reasons).to.deep.equal([{ code: 'TOO_SLOW', text: '没有在承诺时限内办结' }, { code: '排队太久', text: '排队太久' }])
      expect((await clerk.send('POST', `ratings/${fair.rating}/reply`, { text: '谢谢' })).body.code).to.equal('NO_REPLY_DUE')
    })

    it('are nobody else\'s to see or to answer', async () => {
      const { rating } = await rated(5)
      for (const client of await others()) {
        expect(await listed(client)).not.to.include(rating)
        expect((await client.send('POST', `ratings/${rating}/reply`, { text: '已整改' })).status).to.equal(404)
      }
    })

    it('show the applicant the reply, which is written once and kept encrypted', async () => {
      const { citizen, id, rating } = await rated(5)
      expect((await clerk.send('POST', `ratings/${rating}/reply`, { text: '  ' })).status).to.equal(400)
      expect((await clerk.send('POST', `ratings/${rating}/reply`, { text: '已整改，增设窗口' })).status).to.equal(201)
      expect((await clerk.send('POST', `ratings/${rating}/reply`, { text: '再答' })).body.code).to.equal('NO_REPLY_DUE')
      expect([await listed(clerk), await listed(clerk, 'replied')].map(list => list.includes(rating))).to.deep.equal([false, true])
      const [seen] = (await citizen.get(`applications/${id}/ratings`)).ratings
      expect(seen.awaitsReply).to.equal(false)
      expect(seen.remarks.map(({ kind, text }: any) => [kind, text])).to.deep.equal([['reply', '已整改，增设窗口']])
      expect((await citizen.get(`applications/${id}`)).timeline.at(-1)).to.include({ type: 'rating-replied', actor: 'clerk' })
      expect(JSON.stringify(await server.ctx.db('rating_remark'))).not.to.contain('增设窗口')
    })

    it('may be followed up once by the applicant; a bad one waits for a reply again', async () => {
      const { citizen, id, rating } = await rated(1)
      const path = `applications/${id}/ratings/${rating}/follow-up`
      expect((await (await server.citizen(next++)).send('POST', path, { level: 5 })).status).to.equal(404)
      const other = await finished()
      expect((await other.citizen.send('POST', `applications/${other.id}/ratings/${rating}/follow-up`, { level: 5 })).status).to.equal(404)
      expect((await citizen.send('POST', path, { level: 5, text: '结果有误' })).status).to.equal(201)
      expect((await citizen.send('POST', path, { level: 1 })).body.code).to.equal('FOLLOW_UP_EXISTS')
      expect(await listed(clerk)).to.include(rating)
      await clerk.call('POST', `ratings/${rating}/reply`, { text: '已更正' })
      expect(await listed(clerk)).not.to.include(rating)
    })

    it('are paged by the last id seen', async () => {
      const all = await listed(clerk)
      const first = (await clerk.get('ratings?limit=1')).ratings
      const rest = (await clerk.get(`ratings?limit=100&after=${first[0].id}`)).ratings
      expect([...first, ...rest].map(({ id }: any) => id)).to.deep.equal(all)
    })
  })

  describe('feedback', () => {
    const give = (body: object, client = server.anonymous) => client.send('POST', 'feedback', body)
    const about = { text: '希望延长服务时间', mobile: '13900001234', region: 'guangxi', department: 'hrss', division: '450103' }
    const look = (number: string, mobileLast4: string) => server.anonymous.send('GET', `feedback/lookup?number=${number}&mobileLast4=${mobileLast4}`)

    // Ten a minute from one address: each test has a server of its own.
    beforeEach(async () => {
      await server.stop()
      server = await startPublicServer()
      clerk = await server.as(staff('clerk', 'hrss-gx', { department: 'hrss', division: '450103' }))
      supervisor = await server.as(staff('supervisor', 'supervisor-gx'))
    })

    it('goes from 收到 to 处理中 to 已答复, and the sender reads the answer by number and mobile', async () => {
      const { body: { id, number, status } } = await give(about)
      expect([number.slice(0, 16), status]).to.deep.equal(['45000020260324YJ', 'received'])
      expect((await clerk.get('feedback')).feedback[0]).to.include({ id, number, text: about.text, contact: about.mobile })
      expect((await clerk.call('POST', `feedback/${id}/take`, {})).status).to.equal('processing')
      expect((await look(number, '1234')).body).to.include({ status: 'processing', reply: null })
      expect((await supervisor.send('POST', `feedback/${id}/take`, {})).body.code).to.equal('FEEDBACK_ANSWERED')
      expect((await clerk.call('POST', `feedback/${id}/reply`, { text: '已延长到18点' })).status).to.equal('answered')
      expect((await clerk.send('POST', `feedback/${id}/reply`, { text: '再答' })).body.code).to.equal('FEEDBACK_ANSWERED')
      const found = (await look(number, '1234')).body
      expect(found).to.include({ status: 'answered', reply: '已延长到18点' })
      expect(JSON.stringify(found)).not.to.match(/服务时间|13900001234/)
      const wrong = [await look(number, '0000'), await look('f1', '1234')].map(one => [one.status, one.body.detail])
      expect(wrong[0]).to.deep.equal([404, '没有找到相应的意见，请核对意见编号和手机号后四位。']).and.to.deep.equal(wrong[1])
    })

    it('is the named department\'s and division\'s; what names none is everybody\'s of the region', async () => {
      const named = (await give(about)).body.id
      const open = (await give({ text: '建议', region: 'guangxi' })).body.id
      const seen = async (client: ApiClient) => (await client.get('feedback')).feedback.map((one: any) => one.id)
      for (const client of [clerk, supervisor]) expect(await seen(client)).to.have.members([named, open])
      const [tax, elsewhere, ...foreign] = await others()
      for (const client of [tax!, elsewhere!]) expect(await seen(client)).to.deep.equal([open])
      for (const client of foreign) {
        expect(await seen(client)).to.deep.equal([])
        expect((await client.send('POST', `feedback/${open}/reply`, { text: '答' })).status).to.equal(404)
      }
    })

    it('names the field of a department or division that the region has not', async () => {
      const { status, body } = await give({ ...about, department: 'police', division: '990000' })
      expect([status, body.fields.map((one: any) => one.path)]).to.deep.equal([422, ['/department', '/division']])
    })

    it('is taken ten times a minute', async () => {
      const statuses = []
      for (let count = 0; count < 11; count++) statuses.push((await give({ text: '建议' })).status)
      expect([new Set(statuses.slice(0, 10)), statuses.at(-1)]).to.deep.equal([new Set([201]), 429])
    })
  })
})
