import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import { insertDraft } from '../../../../server/db/model-drafts.ts'
import { withVillageStep } from '../../../engine/village-step.ts'
import { readFile } from '../../../regions/bpmn-model.ts'
import { staff, startPublicServer } from '../../../support/public-server.ts'
import type { PublicServer } from '../../../support/public-server.ts'

describe('services/studio/forms', () => {
  let server: PublicServer
  const shown = async (key: string, xml: string, kind: 'process' | 'decision' = 'process') => {
    const id = randomUUID()
    await insertDraft(server.ctx.db, {
      id, region: 'guangxi', key, kind, base_version: 1, state: 'editing', version: 1, xml, reason: null,
      created_by: 'x', created_at: 1, updated_by: 'x', updated_at: 1, submitted_by: null
    })
    return (await server.as(staff('designer', 'designer-gx'))).send('GET', `drafts/${id}/forms`)
  }

  before(async () => { server = await startPublicServer() })
  after(() => server.stop())

  it('shows at each task of the draft what its desk shows of the form, masked, with the decisions of the draft', async () => {
    const { body } = await shown('guangxi-resident-pension', withVillageStep('medical'))
    expect([body.region, body.matters]).to.deep.equal(['guangxi', ['resident-pension']])
    const task = body.tasks.find(({ element }: { element: string }) => element === 'Task_VillageReview')
    expect(task.decisions.map(({ label }: { label: string }) => label)).to.deep.equal(['属实', '不属实', '补正'])
    expect(task.group).to.equal(server.ctx.regions.get('guangxi').departments.find(({ group }) => group === 'medical')!.name)
    expect(task.sections.map(({ title }: { title: string }) => title)).to.deep.equal(['基本信息', '城乡居民基本养老保险参保登记'])
    const fields = task.sections.flatMap((section: { fields: { path: string; text: string }[] }) => section.fields)
    const texts = new Map(fields.map(({ path, text }: { path: string; text: string }) => [path, text]))
    expect([texts.get('/common/person/name'), texts.get('/items/resident-pension/registeredOn')]).to.deep.equal(['韦*兰', '2026年4月20日'])
    expect(body.sample.items['resident-pension'].paymentTier).to.equal('200')
  })

  it('shows no form where something is handed over, and the person alone for the umbrella', async () => {
    const { body } = await shown('guangxi-enrolment', readFile('processes/guangxi/enrolment.bpmn'))
    expect([body.matters, body.sample.items]).to.deep.equal([[], {}])
    expect(body.tasks.map(({ kind, sections }: { kind: string; sections: unknown[] }) => [kind, sections])).to.deep.equal([['pickup', []]])
  })

  it('refuses what is no diagram in words', async () => {
    const { status, body } = await shown('guangxi-resident-pension', '<a/>')
    expect([status, body.code]).to.deep.equal([422, 'MODEL_REFUSED'])
    expect(body.detail).to.match(/\p{Script=Han}/u)
  })
})
