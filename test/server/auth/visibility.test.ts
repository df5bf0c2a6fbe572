import { expect } from 'chai'
import { coversDivision, canSeeTask } from '../../../server/auth/visibility.ts'
import { confirmed, draftOf, people, staff, startPublicServer } from '../../support/public-server.ts'
import type { PublicServer } from '../../support/public-server.ts'
import { openWorkItem } from '../support/task.ts'

describe('auth/visibility', () => {
  it('lets a division answer for itself and for what lies below it', () => {
    const cases: [string | null, string, boolean][] = [
      ['450103', '450103', true], ['450103', '450102', false], ['450100', '450103', true], ['450200', '450103', false],
      ['450000', '450103', true], [null, '450103', true], ['450103', '450100', false]
    ]
    for (const [own, division, expected] of cases) expect(coversDivision(own, division), `${own} ${division}`).to.equal(expected)
  })

  it('shows tasks of the window to every window of the region', () => {
    const window = staff('window', 'w', { division: '450200' })
    expect(canSeeTask(window, { region: 'guangxi', department: 'window', division: '450103' })).to.equal(true)
    expect(canSeeTask(window, { region: 'ningxia', department: 'window', division: '450103' })).to.equal(false)
    expect(canSeeTask(window, { region: 'guangxi', department: 'hrss', division: '450103' })).to.equal(false)
  })

  describe('of an application made at a window', () => {
    let server: PublicServer
    before(async () => { server = await startPublicServer() })
    after(() => server.stop())

    it('is its own window\'s, any window\'s of the region, and its citizen\'s once it is submitted', async () => {
      const maker = await server.as(staff('window', 'window-gx', { department: 'window' }))
      const colleague = await server.as(staff('window', 'window-2', { department: 'window', division: '450200' }))
      const foreign = await server.as(staff('window', 'window-nx', { department: 'window', region: 'ningxia' }))
      const citizen = await server.citizen(0)
      const id = await draftOf(maker, ['flexible-pension'], draft => {
        draft.channel = 'window'
        const { name, idNumber, birthDate, sex } = people[0]!.person
        Object.assign(draft.common.person, { name, idNumber, birthDate, sex })
      })
      const statuses = async () => Promise.all([maker, colleague, foreign, citizen, await server.citizen(1)]
        .map(async client => (await client.send('GET', `applications/${id}`)).status))
      expect(await statuses()).to.deep.equal([200, 200, 404, 404, 404])
      await colleague.call('POST', `applications/${id}/submit`, confirmed(['flexible-pension']))
      expect(await statuses()).to.deep.equal([200, 200, 404, 200, 404])
      expect((await citizen.send('POST', `applications/${id}/withdraw`, {})).status).to.equal(202)
    })

    it('shows a clerk the items of the own department and masked content', async () => {
      const owner = await server.citizen(2)
      const matters = ['flexible-pension', 'flexible-medical']
      const id = await draftOf(owner, matters)
      await owner.call('POST', `applications/${id}/submit`, confirmed(matters))
      const clerk = await server.as(staff('clerk', 'medical-gx', { department: 'medical', division: '450103' }))
      const view = await clerk.get(`applications/${id}`)
      expect(view.items.map((item: { slug: string }) => item.slug)).to.deep.equal(['flexible-medical'])
      expect(JSON.stringify(view)).not.to.contain(String(people[2]!.person.idNumber))
      expect(view.content.common.person.idNumber).to.match(/^450\d{3}\*{8}\d{3}[\dX]$/)
    })

    it('shows a group that a model gave a task the case, and of it what belongs to the matter of the task', async () => {
      const owner = await server.citizen(3)
      const matters = ['flexible-pension', 'flexible-medical']
      const id = await draftOf(owner, matters)
      await owner.call('POST', `applications/${id}/submit`, confirmed(matters))
      const village = await server.as(staff('clerk', 'village-gx', { department: 'village', division: '450103' }))
      const elsewhere = await server.as(staff('clerk', 'village-gx2', { department: 'village', division: '450200' }))
      expect((await village.send('GET', `applications/${id}`)).status).to.equal(404)
      const item = await server.ctx.db('item').where({ application_id: id, slug: 'flexible-medical' }).first('id')
      const task = await openWorkItem(server.ctx, { application_id: id, item_id: item.id, slug: 'flexible-medical', department: 'village' })
      expect((await elsewhere.send('GET', `applications/${id}/materials`)).status).to.equal(404)
      expect((await village.send('GET', `applications/${id}/materials`)).status).to.equal(200)
      Object.assign(server.ctx.engine, { processXml: () => Promise.reject(new Error('no model')) })
      Object.assign(server.ctx.dataSharing, { records: async () => ({ outcome: 'unavailable' }) })
      const dossier = await village.get(`tasks/${task.id}/dossier`)
      expect(dossier.sections.map(({ key }: { key: string }) => key)).to.deep.equal(['common', 'flexible-medical'])
    })
  })
})
