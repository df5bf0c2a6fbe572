import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import { insertDraft } from '../../../../server/db/model-drafts.ts'
import { saveStaff } from '../../../../server/db/staff.ts'
import { lintModel } from '../../../../server/lint/index.ts'
import { withVillageStep } from '../../../engine/village-step.ts'
import { contextOf } from '../../../regions/bpmn-model.ts'
import { staff, startPublicServer } from '../../../support/public-server.ts'
import type { PublicServer } from '../../../support/public-server.ts'

describe('services/studio/choices', () => {
  const id = randomUUID()
  let server: PublicServer
  const groups = async (): Promise<{ value: string; label: string }[]> =>
    (await (await server.as(staff('designer', 'designer-gx'))).get(`drafts/${id}/choices`)).groups

  before(async () => {
    server = await startPublicServer()
    Object.assign(server.ctx.engine, { definitionsInForce: () => Promise.resolve([]) })
    await insertDraft(server.ctx.db, {
      id, region: 'guangxi', key: 'guangxi-resident-pension', kind: 'process', base_version: 1, state: 'editing', version: 1, xml: '<a/>', reason: null,
      created_by: 'x', created_at: 1, updated_by: 'x', updated_at: 1, submitted_by: null
    })
  })
  after(() => server.stop())

  it('offers the departments by name, and a group that is new to the region as soon as somebody belongs to it', async () => {
    const before = await groups()
    expect(before.map(({ value }) => value)).to.include.members(['${reviewGroup}', 'hrss']).and.not.include('village')
    for (const [index, department] of ['village', 'village', 'hrss', null].entries()) {
      await saveStaff(server.ctx.db, { account: `clerk-${index}`, region: 'guangxi', roles: ['clerk'], department, division: null }, 0)
    }
    await saveStaff(server.ctx.db, { account: 'clerk-nx', region: 'ningxia', roles: ['clerk'], department: 'elsewhere', division: null }, 0)
    expect(await groups()).to.deep.equal([...before, { value: 'village', label: '部门组 village' }])
  })

  it('offers no group that the rules would refuse', async () => {
    const context = { ...contextOf('guangxi', 'resident-pension'), groups: ['village'] }
    for (const { value } of await groups()) {
      const found = await lintModel('process', context, withVillageStep(value))
      expect(found.filter(({ rule }) => rule === 'people'), value).to.deep.equal([])
    }
  })
})
