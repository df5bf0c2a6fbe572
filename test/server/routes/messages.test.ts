import { expect } from 'chai'
import { appendAudit } from '../../../server/db/audit.ts'
import type { ApiClient } from '../../../scripts/client.ts'
import { confirmed, draftOf, startPublicServer } from '../../support/public-server.ts'
import type { PublicServer } from '../../support/public-server.ts'

describe('routes/messages', () => {
  let server: PublicServer
  let citizen: ApiClient
  let id: string
  before(async () => {
    server = await startPublicServer()
    citizen = await server.citizen(0)
    id = await draftOf(citizen, ['flexible-pension'])
    await citizen.call('POST', `applications/${id}/submit`, confirmed(['flexible-pension']))
  })
  after(() => server.stop())

  const note = (type: string, data: Record<string, unknown> = {}) => appendAudit(server.ctx.db, {
    chain: id, type, actor: { role: 'system', id: 'test' }, data, at: server.ctx.clock.now()
  })

  it('shows what a person was told, the latest first, page by page, with what to do next', async () => {
    await note('application-accepted')
    await note('application-closed')
    const first = await citizen.get('messages?limit=2')
    expect(first.messages.map(({ type }: { type: string }) => type)).to.deep.equal(['application-closed', 'application-accepted'])
    expect(first.unread).to.equal(3)
    const [message] = first.messages
    expect(message.text).to.include(message.number)
    expect(message.next).to.include('请')
    expect(message.isRead).to.equal(false)
    const second = await citizen.get(`messages?limit=2&cursor=${first.cursor}`)
    expect(second.messages.map(({ type }: { type: string }) => type)).to.deep.equal(['application-submitted'])
    expect(second.cursor).to.equal(null)
  })

  it('marks one as read, then all', async () => {
    const [message] = (await citizen.get('messages')).messages
    expect(await citizen.call('POST', 'messages/read', { ids: [message.id] })).to.deep.equal({ unread: 2 })
    expect((await citizen.get('messages?unread=true')).messages).to.have.length(2)
    expect(await citizen.call('POST', 'messages/read', {})).to.deep.equal({ unread: 0 })
    expect((await citizen.get('messages')).messages.every(({ isRead }: { isRead: boolean }) => isRead)).to.equal(true)
  })

  it('shows and changes nothing of anybody else', async () => {
    const stranger = await server.citizen(1)
    expect(await stranger.get('messages')).to.deep.equal({ messages: [], unread: 0, cursor: null })
    await note('rating-replied')
    const [message] = (await citizen.get('messages')).messages
    await stranger.call('POST', 'messages/read', { ids: [message.id] })
    expect((await citizen.get('messages')).unread).to.equal(1)
  })

  it('also shows what was told of a case that a platform handed in for the person', async () => {
    const { personKey } = server.citizenActor(2)
    await server.ctx.db('application').where({ id }).update({ channel: 'platform', person_key: personKey })
    expect((await (await server.citizen(2)).get('messages')).messages).to.not.deep.equal([])
  })

  it('keeps a family member, masks the number, and forgets on demand', async () => {
    expect(await citizen.get('account/notification-contact')).to.deep.equal({ contact: null })
    const contact = { name: '韦小明', relation: 'child', mobile: '13977101002' }
    expect(await citizen.call('PUT', 'account/notification-contact', contact)).to.deep.equal({ contact: { ...contact, mobile: '139****1002' } })
    expect(await (await server.citizen(1)).get('account/notification-contact')).to.deep.equal({ contact: null })
    const wrong = await citizen.send('PUT', 'account/notification-contact', { ...contact, mobile: '1397710100' })
    expect(wrong.status).to.equal(400)
    expect(wrong.body.fields[0]).to.include({ path: '/mobile' })
    await citizen.call('DELETE', 'account/notification-contact')
    expect(await citizen.get('account/notification-contact')).to.deep.equal({ contact: null })
  })
})
