import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import type { DepartmentReply } from '../../../core/matter.ts'
import type { ApiClient } from '../../../scripts/client.ts'
import { readTable } from '../../../server/lint/dmn-table.ts'
import { beginStep } from '../../../server/services/department-step.ts'
import { matter } from '../../../workers/guangxi/social-security-card.ts'
import { drawPortrait } from '../../support/portrait.ts'
import { confirmed, draftOf, startPublicServer } from '../../support/public-server.ts'
import type { PublicServer } from '../../support/public-server.ts'
import { departmentsFixture } from '../../workers/departments-fixture.ts'
import type { DepartmentsFixture } from '../../workers/departments-fixture.ts'

const TOPIC = 'guangxi.social-security-card.check-photo'

describe('the photo of the card, from the upload to its maker', () => {
  let server: PublicServer
  let departments: DepartmentsFixture
  before(async () => {
    server = await startPublicServer()
    departments = await departmentsFixture(['hrss'])
  })
  after(async () => {
    await departments.stop()
    await server.stop()
  })

  async function submitted(client: ApiClient, picture: Buffer, name: string): Promise<string> {
    const id = await draftOf(client, ['social-security-card'])
    const form = new FormData()
    form.set('code', 'photo')
    form.set('slug', 'social-security-card')
    form.set('file', new Blob([new Uint8Array(picture)]), name)
    await client.call('POST', `applications/${id}/materials`, form)
    await client.call('POST', `applications/${id}/submit`, confirmed(['social-security-card']))
    const { id: itemId } = await server.ctx.db('item').where({ application_id: id }).first('id')
    return itemId as string
  }

  /** The matter's own handler with what the server tells it, against the department's real door. */
  async function checked(itemId: string) {
    const { fields, requestId, context } = await beginStep(server.ctx, itemId, TOPIC)
    const department = async (kind: string, body: object): Promise<DepartmentReply> => {
      const response = await fetch(`${departments.urls.hrss}/v1/requests/${kind}`, {
        method: 'POST', headers: { 'content-type': 'application/json', 'x-request-id': requestId }, body: JSON.stringify(body)
      })
      expect(response.status).to.equal(200)
      return await response.json() as DepartmentReply
    }
    const answer = await matter.steps['check-photo']!({ fields, context }, { department, ask: department })
    return { fields, answer }
  }

  for (const [index, name, style] of [[0, 'of the right size', {}], [1, 'from a telephone', { width: 900, height: 1200 }]] as const) {
    it(`a photo ${name} is taken by the maker's check`, async () => {
      const client = await server.citizen(index)
      const picture = await (await drawPortrait(style)).jpeg({ quality: 90 }).toBuffer()
      const { fields, answer } = await checked(await submitted(client, picture, '照片.jpg'))
      expect(fields.photo).to.deep.include({ mediaType: 'image/jpeg', widthPx: 358, heightPx: 441, dpi: 350 })
      expect(answer.variables).to.deep.equal({ photo: 'passed' })
      expect(answer.reasons).to.deep.equal([])
    })
  }

  it('a ground that is not quite white is taken at the upload, and then looked at by a person', async () => {
    const picture = await (await drawPortrait({ corner: 0.1 })).jpeg({ quality: 90 }).toBuffer()
    const { fields, answer } = await checked(await submitted(await server.citizen(2), picture, '照片.jpg'))
    expect(fields.photo).to.deep.include({ isDoubtful: true, widthPx: 358, heightPx: 441 })
    expect(answer.variables).to.deep.equal({ photo: 'doubtful' })
    expect(answer.reasons.map(({ code, message }) => `${code} ${message}`)).to.deep.equal(
      ['PHOTO_NOT_STANDARD 照片底色有少部分不够白，须由工作人员核对。'])
  })

  it('the region names its photo materials as the table of materials does', () => {
    const { rules } = readTable(readFileSync('processes/guangxi/materials.dmn', 'utf8'))
    const photos = rules.filter(({ then }) => then.kind === 'photo').map(({ then }) => then.code)
    expect(server.ctx.regions.get('guangxi').photoMaterials).to.deep.equal(photos)
  })
})
