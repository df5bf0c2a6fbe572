import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import type { ApiClient } from '../../../scripts/client.ts'
import { insertCorrection, updateCorrection } from '../../../server/db/corrections.ts'
import { updateItem } from '../../../server/db/items.ts'
import { insertVerdict } from '../../../server/db/verdicts.ts'
import { findWorkItem } from '../../../server/db/work-items.ts'
import { verdictsOf } from '../../../server/services/tasks/verdicts.ts'
import type { Item, ItemPatch } from '../../../server/db/items.ts'
import { confirmed, draftOf, staff, startPublicServer } from '../../support/public-server.ts'
import type { PublicServer } from '../../support/public-server.ts'
import { openWorkItem } from '../support/task.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- answers are read as they come */

const MATTERS = ['flexible-pension', 'flexible-medical', 'contribution']

describe('routes/item-actions', () => {
  let server: PublicServer
  let next = 0

  before(async () => { server = await startPublicServer() })
  after(() => server.stop())

  const submitted = async (matters = MATTERS): Promise<{ client: ApiClient; id: string; items: Record<string, Item> }> => {
    const client = await server.citizen(next++)
    const id = await draftOf(client, matters)
    await client.call('POST', `applications/${id}/submit`, confirmed(matters))
    const items: Item[] = await server.ctx.db('item').where({ application_id: id })
    await server.ctx.db('outbox').delete()
    return { client, id, items: Object.fromEntries(items.map(item => [item.slug, item])) }
  }
  const set = (item: Item | undefined, patch: ItemPatch) => updateItem(server.ctx.db, item!.id, patch, 1)
  const messages = async () => (await server.ctx.db('outbox').orderBy('created_at'))
    .map(({ payload }: { payload: string }) => JSON.parse(payload) as { message: string; businessKey: string })

  describe('withdraw', () => {
    it('tells the process of one item, once, and leaves the others alone', async () => {
      const { client, id, items } = await submitted()
      for (let time = 0; time < 2; time++) {
        const answer = await client.send('POST', `applications/${id}/items/flexible-medical/withdraw`, { reason: '不需要了' })
        expect([answer.status, answer.body]).to.deep.equal([202, { status: 'withdrawing', items: ['flexible-medical'] }])
      }
      expect(await messages()).to.deep.equal([{ message: 'WithdrawRequested', businessKey: items['flexible-medical']!.id }])
      const { timeline } = await client.get(`applications/${id}`)
      expect(timeline.at(-1)).to.include({ type: 'withdraw-requested', slug: 'flexible-medical', actor: 'applicant' })
    })

    it('tells each undecided row of a declaration', async () => {
      const { client, id } = await submitted()
      const rows = await server.ctx.db('item_row').where({ application_id: id })
      await server.ctx.db('item_row').where({ id: rows[0].id }).update({ status: 'approved', outcome: 'approved' })
      await client.call('POST', `applications/${id}/items/contribution/withdraw`)
      expect((await messages()).map(({ businessKey }) => businessKey)).to.deep.equal([rows[1].id])
    })

    it('withdraws what is left of the whole application, and says when nothing is', async () => {
      const { client, id, items } = await submitted(['flexible-pension', 'flexible-medical'])
      await set(items['flexible-pension'], { status: 'approved', outcome: 'approved' })
      const one = await client.send('POST', `applications/${id}/items/flexible-pension/withdraw`, {})
      expect([one.status, one.body.code]).to.deep.equal([409, 'ITEM_ALREADY_DECIDED'])
      expect((await client.call('POST', `applications/${id}/withdraw`, {})).items).to.deep.equal(['flexible-medical'])
      await set(items['flexible-medical'], { status: 'withdrawn', outcome: 'withdrawn' })
      expect((await client.send('POST', `applications/${id}/withdraw`, {})).body.code).to.equal('ITEM_ALREADY_DECIDED')
      const draft = await draftOf(client, ['flexible-pension'])
      expect((await client.send('POST', `applications/${draft}/withdraw`, {})).status).to.equal(409)
    })
  })

  describe('correction', () => {
    const opened = async () => {
      const all = await submitted()
      const item = all.items['flexible-pension']!
      const correctionId = randomUUID()
      await insertCorrection(server.ctx.db, {
        id: correctionId, itemId: item.id, applicationId: all.id, createdBy: 'hrss-gx', at: 1,
        fields: [{ path: '/common/person/mobile', reasonCode: 'FIELD_INCORRECT', text: '号码不正确' }], materials: []
      })
      await updateCorrection(server.ctx.db, correctionId, { opened_at: 2, deadline: '2026-03-31' })
      await set(item, { status: 'correcting' })
      const send = (fields: Record<string, unknown>, more: object = {}) =>
        all.client.send('POST', `applications/${all.id}/items/flexible-pension/correction`, { correctionId, fields, ...more })
      return { ...all, correctionId, send }
    }

    it('shows what is asked for, takes exactly that, and names the items that use it', async () => {
      const { client, id, items, correctionId, send } = await opened()
      const before = await client.get(`applications/${id}`)
      expect(before.items[0].correction).to.deep.equal({
        id: correctionId, deadline: '2026-03-31', materials: [],
        fields: [{ path: '/common/person/mobile', reasonCode: 'FIELD_INCORRECT', text: '号码不正确' }]
      })
      const answer = await send({ '/common/person/mobile': '137 0000 0001' })
      expect(answer.status, JSON.stringify(answer.body)).to.equal(202)
      expect(answer.body.status).to.equal('submitted')
      expect(answer.body.affectedItems).to.include('flexible-pension')
      const after = await client.get(`applications/${id}`)
      expect([after.content.common.person.mobile, after.version, after.items[0].correction]).to.deep.equal(['13700000001', before.version + 1, null])
      expect(await messages()).to.deep.equal([{ message: 'CorrectionSubmitted', businessKey: items['flexible-pension']!.id, correctionId }])
      expect((await send({ '/common/person/mobile': '13700000001' })).body.code).to.equal('NO_OPEN_CORRECTION')
    })

    it('tells applicant and clerks which siblings use what was changed, and lets nothing count that was found before', async () => {
      const { client, id, items, send } = await opened()
      const sibling = items['flexible-medical']!
      const [task, other] = await Promise.all([sibling, items.contribution!].map(item =>
        openWorkItem(server.ctx, { application_id: id, item_id: item.id, slug: item.slug, department: item.department })))
      for (const subject of ['/common/person/mobile', '/common/person/name']) {
        await insertVerdict(server.ctx.db, {
          id: randomUUID(), task_id: task!.id, application_id: id, subject, verdict: 'right', reason_code: null, text_enc: null,
          given_by: 'medical-gx', created_at: server.ctx.clock.now() - 1
        })
      }
      const { affectedItems, affected } = (await send({ '/common/person/mobile': '13700000001' })).body
      const causes = [{ path: '/common/person/mobile', label: '申请人 － 联系电话' }]
      expect(affected.find(({ slug }: any) => slug === 'flexible-medical')).to.deep.equal({ slug: 'flexible-medical', title: '灵活就业人员医疗保险参保登记', causes })
      expect(affected.map(({ slug }: any) => slug)).to.deep.equal(affectedItems).and.not.include('contribution')
      expect((await client.get(`applications/${id}`)).timeline.at(-1).text)
        .to.equal('已提交“灵活就业人员养老保险登记”的补正内容；一并重新核对：“灵活就业人员医疗保险参保登记”（用到申请人 － 联系电话）')
      expect((await verdictsOf(server.ctx, id, new Set([task!.id]))).map(({ subject }) => subject)).to.deep.equal(['/common/person/name'])
      const versions = await Promise.all([task!, other!].map(async one => (await findWorkItem(server.ctx.db, one.id))!.version - one.version))
      expect(versions, 'only what uses it is marked as changed').to.deep.equal([1, 0])
      const clerk = await server.as(staff('clerk', 'medical-gx', { department: 'medical', division: '450103' }))
      Object.assign(server.ctx.engine, { processXml: () => Promise.reject(new Error('no model')) })
      Object.assign(server.ctx.dataSharing, { records: async () => ({ outcome: 'unavailable' }) })
      const { changes } = await clerk.get(`tasks/${task!.id}/dossier`)
      expect(changes.map(({ corrected, labels }: any) => [corrected, labels])).to.deep.equal([['灵活就业人员养老保险登记', ['申请人 － 联系电话']]])
    })

    it('refuses what was not asked for, what is missing and what is wrong, and writes nothing', async () => {
      const { client, id, send } = await opened()
      const name = await send({ '/common/person/mobile': '13700000001', '/common/person/name': '别人' })
      expect([name.status, name.body.code, name.body.fields[0].path]).to.deep.equal([422, 'FIELD_NOT_REQUESTED', '/common/person/name'])
      expect((await send({})).body.code).to.equal('CORRECTION_INCOMPLETE')
      const wrong = await send({ '/common/person/mobile': '1' })
      expect([wrong.status, wrong.body.code, wrong.body.fields[0].path]).to.deep.equal([422, 'FORM_INVALID', '/common/person/mobile'])
      const material = await send({ '/common/person/mobile': '13700000001' }, { materials: [{ code: 'photo', materialId: randomUUID() }] })
      expect(material.body.code).to.equal('FIELD_NOT_REQUESTED')
      expect((await client.get(`applications/${id}`)).items[0].correction).not.to.equal(null)
      expect(await messages()).to.deep.equal([])
    })

    it('is closed after its last day, for another id and for another item', async () => {
      const { client, id, correctionId, send } = await opened()
      const fields = { '/common/person/mobile': '13700000001' }
      const other = await client.send('POST', `applications/${id}/items/flexible-medical/correction`, { correctionId, fields })
      expect([other.status, other.body.code]).to.deep.equal([409, 'NO_OPEN_CORRECTION'])
      await updateCorrection(server.ctx.db, correctionId, { deadline: '2026-03-23' })
      expect((await send(fields)).body.code).to.equal('NO_OPEN_CORRECTION')
    })
  })

  describe('rating', () => {
    it('is taken once for a finished item and once for the whole', async () => {
      const { client, id, items } = await submitted(['flexible-pension'])
      const rate = (path: string) => client.send('POST', `applications/${id}/${path}`, { level: 1, reasons: ['办理快'], text: '很好' })
      expect((await rate('items/flexible-pension/rating')).body.code).to.equal('NOT_CLOSED')
      await set(items['flexible-pension'], { status: 'delivered', outcome: 'approved' })
      for (const path of ['items/flexible-pension/rating', 'rating']) {
        expect((await rate(path)).status, path).to.equal(201)
        expect((await rate(path)).body.code, path).to.equal('ALREADY_RATED')
      }
      expect(JSON.stringify(await server.ctx.db('rating'))).not.to.contain('很好')
      expect((await client.send('POST', `applications/${id}/rating`, { level: 6 })).status).to.equal(400)
    })
  })
})
