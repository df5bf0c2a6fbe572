import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createHash, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { expect } from 'chai'
import sharp from 'sharp'
import type { ApiClient } from '../../../scripts/client.ts'
import { findApplication } from '../../../server/db/applications.ts'
import type { Application } from '../../../server/db/applications.ts'
import { insertRemark } from '../../../server/db/task-remarks.ts'
import { keepFile } from '../../../server/services/materials/uploads.ts'
import { confirmed, draftOf, staff, startPublicServer } from '../../support/public-server.ts'
import { drawPortrait } from '../../support/portrait.ts'
import type { PortraitStyle } from '../../support/portrait.ts'
import type { PublicServer } from '../../support/public-server.ts'
import { openWorkItem } from '../support/task.ts'

describe('routes/materials', () => {
  let server: PublicServer
  let client: ApiClient
  let id: string

  before(async () => {
    server = await startPublicServer()
    client = await server.citizen(0)
    id = await draftOf(client, ['social-security-card'])
  })
  after(() => server.stop())

  const form = (bytes: Uint8Array, name: string, more: Record<string, string> = { code: 'photo' }): FormData => {
    const data = new FormData()
    for (const [key, value] of Object.entries(more)) data.set(key, value)
    data.set('file', new Blob([new Uint8Array(bytes)]), name)
    return data
  }
  const upload = (bytes: Uint8Array, name: string, more?: Record<string, string>) =>
    client.send('POST', `applications/${id}/materials`, form(bytes, name, more))
  const filesOnDisk = (): string[] => readdirSync(join(server.ctx.config.dataDir, 'uploads'), { recursive: true, encoding: 'utf8' })
    .filter(name => statSync(join(server.ctx.config.dataDir, 'uploads', name)).isFile())
  const pdf = '%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n'
  const scan = () => sharp({ create: { width: 358, height: 441, channels: 3, background: 'white' } })
  const portrait = async (style?: PortraitStyle) => (await drawPortrait(style)).png().toBuffer()

  it('draws pictures anew without their metadata, keeps size and resolution, and gives them back as a download', async () => {
    const bytes = await scan().withMetadata({ density: 350, exif: { IFD0: { Copyright: 'secret place' } } }).jpeg().toBuffer()
    const answer = await upload(bytes, '身份证 照片.jpeg', { code: 'identity', slug: 'social-security-card' })
    expect(answer.status, JSON.stringify(answer.body)).to.equal(201)
    expect(answer.body).to.include({ code: 'identity', mediaType: 'image/jpeg', fileName: '身份证 照片.jpg' })
    const response = await fetch(`${server.url}${answer.headers.get('location')}`, { headers: { cookie: client.cookie } })
    const back = Buffer.from(await response.arrayBuffer())
    expect(createHash('sha256').update(back).digest('hex')).to.equal(answer.body.sha256)
    expect([back.length, response.headers.get('content-type')]).to.deep.equal([answer.body.size, 'image/jpeg'])
    expect(response.headers.get('content-disposition')).to.match(/^attachment;/)
    expect(response.headers.get('x-content-type-options')).to.equal('nosniff')
    expect(await sharp(back).metadata()).to.include({ width: 358, height: 441, density: 350 })
    expect(back.includes('secret place')).to.equal(false)
  })

  it('notes which member of the staff looked at a material, and not that the applicant did', async () => {
    const { body } = await upload(Buffer.from(pdf), '户口簿.pdf', { code: 'household-book' })
    const viewed = () => server.ctx.db('audit_event').where({ chain: id, type: 'personal-data-viewed' })
    await client.send('GET', `applications/${id}/materials/${body.id}`)
    expect(await viewed()).to.deep.equal([])
    await server.ctx.db('application').where({ id }).update({ status_draft: false })
    const window = await server.as(staff('window', 'window-gx', { department: 'window', division: '450103' }))
    expect((await window.send('GET', `applications/${id}/materials/${body.id}`)).status).to.equal(200)
    await server.ctx.db('application').where({ id }).update({ status_draft: true })
    const [event, ...more] = await viewed()
    expect([event.actor_id, JSON.parse(event.data), more]).to.deep.equal(['window-gx', { materialId: body.id, purpose: 'window-case' }, []])
  })

  it('notes for which work a clerk looked: the own task, a colleague\'s question, or neither', async () => {
    const { body } = await upload(Buffer.from(pdf), '户口簿.pdf', { code: 'household-book' })
    await server.ctx.db('application').where({ id }).update({ status_draft: false })
    const clerk = await server.as(staff('clerk', 'hrss-gx', { department: 'hrss', division: '450103' }))
    const task = await openWorkItem(server.ctx, { application_id: id })
    const purposeOfLook = async (): Promise<unknown> => {
      expect((await clerk.send('GET', `applications/${id}/materials/${body.id}`)).status).to.equal(200)
      const { data } = await server.ctx.db('audit_event').where({ chain: id, type: 'personal-data-viewed' }).orderBy('seq', 'desc').first('data')
      const { materialId: _, ...why } = JSON.parse(data)
      return why
    }
    expect(await purposeOfLook()).to.deep.equal({ purpose: 'desk-reading' })
    await insertRemark(server.ctx.db, {
      id: randomUUID(), task_id: task.id, application_id: id, kind: 'question', text_enc: '', created_by: 'hrss-gx3', addressee: 'hrss-gx', answered_at: null, created_at: 1
    })
    expect(await purposeOfLook()).to.deep.equal({ purpose: 'consultation', taskId: task.id })
    await server.ctx.db('work_item').where({ id: task.id }).update({ assignee: 'hrss-gx' })
    expect(await purposeOfLook()).to.deep.equal({ purpose: 'task-review', taskId: task.id })
    await server.ctx.db('application').where({ id }).update({ status_draft: true })
  })

  it('keeps a PDF as it is, and nothing readable on disk', async () => {
    const { body } = await upload(Buffer.from(pdf), '户口簿.pdf', { code: 'household-book' })
    expect([body.mediaType, body.size]).to.deep.equal(['application/pdf', pdf.length])
    const raw = filesOnDisk().map(name => readFileSync(join(server.ctx.config.dataDir, 'uploads', name), 'utf8')).join()
    expect(raw).not.to.contain('%PDF')
    expect(JSON.stringify(await server.ctx.db('material'))).not.to.contain('户口簿')
  })

  it('refuses 20 MB, other types, broken and huge pictures, and leaves nothing behind', async () => {
    const before = filesOnDisk()
    const png = await scan().png().toBuffer()
    const cases: [Uint8Array, string, number, string][] = [
      [Buffer.alloc(20 * 1024 * 1024), '照片.jpg', 413, 'FILE_TOO_LARGE'],
      [Buffer.from('MZ not a picture'), '照片.jpg', 415, 'FILE_TYPE_UNSUPPORTED'],
      [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), '照片.svg', 415, 'FILE_TYPE_UNSUPPORTED'],
      [png.subarray(0, 200), '照片.png', 415, 'FILE_TYPE_UNSUPPORTED'],
      [await sharp({ create: { width: 9000, height: 9000, channels: 3, background: 'white' } }).png().toBuffer(), '大.png', 415, 'FILE_TYPE_UNSUPPORTED'],
      [Buffer.alloc(0), '空.jpg', 400, 'FILE_REQUIRED']
    ]
    for (const [bytes, name, status, code] of cases) {
      const answer = await upload(bytes, name)
      expect([answer.status, answer.body.code], `${name} ${bytes.length}`).to.deep.equal([status, code])
    }
    expect((await upload(png, 'a.png', { slug: 'social-security-card' })).body.fields[0]).to.include({ path: '/code', code: 'REQUIRED' })
    const text = new FormData()
    text.set('code', 'photo')
    text.set('file', 'just text')
    expect((await client.send('POST', `applications/${id}/materials`, text)).body.code).to.equal('FILE_REQUIRED')
    expect(filesOnDisk()).to.have.members(before)
  })

  it('keeps a photo of the card as the maker wants it, and says what was done to it', async () => {
    const answer = await upload(await portrait({ width: 600, height: 740 }), '照片.png')
    expect(answer.status, JSON.stringify(answer.body)).to.equal(201)
    expect(answer.body).to.include({ mediaType: 'image/jpeg', fileName: '照片.jpg' })
    expect(answer.body.findings.map(({ code }: { code: string }) => code))
      .to.include.members(['PHOTO_FORMAT', 'PHOTO_DIMENSIONS', 'PHOTO_DPI'])
    for (const { message, isFixed } of answer.body.findings) expect([isFixed, message]).to.satisfy(() => isFixed && message.endsWith('，已自动处理。'))
    const response = await fetch(`${server.url}${answer.headers.get('location')}`, { headers: { cookie: client.cookie } })
    const kept = Buffer.from(await response.arrayBuffer())
    expect(await sharp(kept).metadata()).to.include({ format: 'jpeg', width: 358, height: 441, density: 350 })
    expect(kept.length).to.be.within(30_000, 51_200)
    const again = await upload(kept, '照片.jpg')
    expect([again.status, again.body.findings]).to.deep.equal([201, []])
    expect((await upload(await scan().png().toBuffer(), 'a.png', { code: 'identity' })).body).not.to.have.property('findings')
  })

  it('keeps a photo with a doubtful ground, and says that a person will look', async () => {
    const { status, body } = await upload(await portrait({ corner: 0.1 }), '照片.png')
    expect(status, JSON.stringify(body)).to.equal(201)
    expect(body.findings).to.deep.include({
      code: 'PHOTO_GROUND_DOUBTFUL', isFixed: false, message: '照片底色有少部分不够白，将由工作人员核对，也可以换一张白底照片。'
    })
  })

  it('refuses a photo that only a painter could mend, naming all that is wrong', async () => {
    const before = filesOnDisk()
    const cases: [Uint8Array, string[]][] = [
      [await portrait({ ground: '#438edb' }), ['PHOTO_GROUND']],
      [await portrait({ ground: '#438edb', isGrey: true }), ['PHOTO_GROUND', 'PHOTO_NOT_COLOUR']],
      [await portrait({ width: 150, height: 185 }), ['PHOTO_TOO_SMALL']],
      [await portrait({ hasTexture: false }), ['PHOTO_FILE_SIZE']],
      [Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n'), ['PHOTO_FORMAT']]
    ]
    for (const [bytes, codes] of cases) {
      const { status, body } = await upload(bytes, '照片.jpg')
      expect([status, body.code], JSON.stringify(body)).to.deep.equal([422, 'PHOTO_NOT_ACCEPTED'])
      expect(body.fields.map(({ path, code }: { path: string; code: string }) => `${path} ${code}`)).to.deep.equal(codes.map(code => `/file ${code}`))
      for (const { message } of body.fields) expect(message).to.match(/，请.+。$/)
    }
    expect(filesOnDisk()).to.have.members(before)
  })

  it('asks for a matter of this application', async () => {
    const answer = await upload(await scan().png().toBuffer(), 'a.png', { code: 'photo', slug: 'flexible-medical' })
    expect([answer.status, answer.body.code, answer.body.fields[0].path]).to.deep.equal([422, 'MATTER_UNKNOWN', '/slug'])
    expect(answer.body.detail, 'the region has the matter, this application has not').to.equal('该事项不在本申请所选的事项中。')
  })

  it('takes nothing after submission, and gives files to their owner only', async () => {
    const { body } = await upload(await scan().png().toBuffer(), 'a.png', { code: 'identity' })
    await client.call('POST', `applications/${id}/submit`, confirmed(['social-security-card']))
    expect((await upload(await scan().png().toBuffer(), 'b.png')).body.code).to.equal('ALREADY_SUBMITTED')
    const stranger = await server.citizen(1)
    expect((await stranger.send('GET', `applications/${id}/materials/${body.id}`)).status).to.equal(404)
    const other = await draftOf(client, ['flexible-pension'])
    expect((await client.send('GET', `applications/${other}/materials/${body.id}`)).status).to.equal(404)
  })

  it('keeps nothing for an application that was submitted or deleted while the file was read', async () => {
    const { ctx } = server
    const draft = async () => (await findApplication(ctx.db, await draftOf(client, ['resident-medical'])))!
    const file = { bytes: Buffer.from(pdf), mediaType: 'application/pdf', code: 'identity', slug: null, fileName: 'a.pdf' }
    const keep = (seen: Application) => keepFile(ctx, server.citizenActor(0), seen, file).then(() => 'kept', (error: { code?: string }) => error.code)
    const before = filesOnDisk()
    const [submitted, deleted] = [await draft(), await draft()]
    await client.call('POST', `applications/${submitted.id}/submit`, confirmed(['resident-medical']))
    expect(await keep(submitted)).to.equal('ALREADY_SUBMITTED')
    await client.call('DELETE', `applications/${deleted.id}`, undefined, { 'if-match': '*' })
    expect(await keep(deleted)).to.equal('NOT_FOUND')
    expect(filesOnDisk()).to.have.members(before)
  })

  it('deletes the files with the draft', async () => {
    const draft = await draftOf(client, ['flexible-pension'])
    await client.call('POST', `applications/${draft}/materials`, form(await scan().png().toBuffer(), 'a.png', { code: 'identity' }))
    const [{ stored_name }] = await server.ctx.db('material').where({ application_id: draft })
    const path = join(server.ctx.config.dataDir, 'uploads', stored_name.slice(0, 2), stored_name)
    expect(existsSync(path)).to.equal(true)
    await client.call('DELETE', `applications/${draft}`, undefined, { 'if-match': '*' })
    expect(existsSync(path)).to.equal(false)
  })
})
