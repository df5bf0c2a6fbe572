import { Readable } from 'node:stream'
import { expect } from 'chai'
import { changeWorkItem } from '../../../../server/db/work-items.ts'
import { createTaskStreams, taskStreamsOf } from '../../../../server/services/tasks/task-stream.ts'
import { onBothDatabases } from '../../../support/databases.ts'
import { staff, startPublicServer } from '../../../support/public-server.ts'
import type { PublicServer } from '../../../support/public-server.ts'
import { until } from '../../../support/until.ts'
import { openWorkItem } from '../../support/task.ts'

onBothDatabases('services/tasks/task-stream', database => {
  let server: PublicServer
  before(async () => { server = await startPublicServer({ db: await database.openMigrated() }) })
  after(() => server.stop())

  /** Opens a stream with a client's cookie; `said` grows with what comes, `ended` says that the server ended it. */
  async function openStream(cookie: string) {
    const response = await fetch(`${server.url}/api/v1/tasks/stream`, { headers: { cookie } })
    const heard = { status: response.status, type: response.headers.get('content-type'), said: '', ended: false }
    const read = async (): Promise<void> => {
      for await (const chunk of Readable.fromWeb(response.body as never)) heard.said += Buffer.from(chunk as Uint8Array).toString('utf8')
      heard.ended = true
    }
    read().catch(() => { heard.ended = true })
    return heard
  }
  const seqsOf = (said: string): number[] => [...said.matchAll(/^data: (.+)$/gm)].map(([, data]) => JSON.parse(data!).seq as number)

  it('tells of a change with an earlier stamp than the latest, and of one after the clock was set back', async () => {
    const { db, clock } = server.ctx
    const now = clock.now()
    const heard: number[] = []
    const nothing = (): undefined => undefined
    const response = { on: nothing, set: () => response, flushHeaders: nothing, write: (text: string) => heard.push(...seqsOf(text)), end: nothing }
    const streams = createTaskStreams({ ...server.ctx, clock: { ...clock, now: () => now } })
    after(() => streams.close())
    const [one, other] = [await openWorkItem(server.ctx, { region: 'third' }), await openWorkItem(server.ctx, { region: 'third' })]
    await streams.open(response as never, staff('clerk', 'clerk-third', { region: 'third' }), async () => true)
    const looked = async (id: string, at: number): Promise<number> => {
      const before = heard.length
      await changeWorkItem(db, id, {}, { assignee: 'x' }, at)
      for (let look = 0; look < 3; look++) await streams.look()
      return heard.length - before
    }
    expect(await looked(one.id, now + 100)).to.equal(1)
    expect(await looked(other.id, now + 90), 'committed later than its stamp').to.equal(1)
    expect(await looked(one.id, now + 86_400_000)).to.equal(1)
    expect(await looked(other.id, now + 200), 'a clock set back by a day').to.equal(1)
    expect(heard).to.deep.equal([...new Set(heard)].sort((a, b) => a - b))
  })

  it('says only that something changed in the own region, ends with the session and at the shutdown', async () => {
    const clerk = staff('clerk', 'hrss-gx', { department: 'hrss', division: '450103' })
    const { cookie } = await server.as(clerk)
    const other = await openStream((await server.as(staff('clerk', 'hrss-nx', { department: 'hrss', region: 'ningxia' }))).cookie)
    const stream = await openStream(cookie)
    await until('the stream', async () => seqsOf(stream.said).length === 1, 5000)
    expect([stream.status, stream.type]).to.deep.equal([200, 'text/event-stream; charset=utf-8'])
    const task = await openWorkItem(server.ctx)
    const streams = taskStreamsOf(server.ctx)
    await streams.look()
    await changeWorkItem(server.ctx.db, task.id, {}, { assignee: 'x' }, server.ctx.clock.now() + 5)
    await streams.look()
    await streams.look()
    await until('the stream', async () => seqsOf(stream.said).length === 3, 5000)
    expect(seqsOf(stream.said)).to.deep.equal([...new Set(seqsOf(stream.said))].sort((a, b) => a - b))
    expect(stream.said.replace(/^(retry: 3000|data: \{"seq":\d+\}|)$/gm, '').trim()).to.equal('')
    expect(seqsOf(other.said)).to.deep.equal([0])

    await server.ctx.db('sessions').whereRaw("cast(sess as text) like '%hrss-gx%'").delete()
    const { realNow } = server.ctx.clock
    server.ctx.clock.realNow = () => realNow() + 31_000
    await streams.look()
    await until('the stream', async () => stream.ended, 5000)
    expect(other.ended).to.equal(false)
    streams.close()
    await until('the stream', async () => other.ended, 5000)
    expect((await fetch(`${server.url}/api/v1/tasks/stream`, { headers: { cookie: (await server.as(clerk)).cookie } })).status).to.equal(503)
  })
})
