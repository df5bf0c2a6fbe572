import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Knex } from 'knex'
import type { Actor } from '../../../../server/auth/actor.ts'
import type { ServerContext } from '../../../../server/context.ts'
import { findApplication } from '../../../../server/db/applications.ts'
import type { Application } from '../../../../server/db/applications.ts'
import { findMaterials } from '../../../../server/db/materials.ts'
import { viewApplication } from '../../../../server/services/application-view.ts'
import { readMaterial } from '../../../../server/services/materials/uploads.ts'
import { viewMaterials } from '../../../../server/services/materials/view-materials.ts'
import { visibleMatters } from '../../../../server/services/materials/visible.ts'
import { paperScope } from '../../../../server/services/papers/paper-scope.ts'
import { onBothDatabases } from '../../../support/databases.ts'
import { staff } from '../../../support/public-server.ts'
import { submittedCase, testContext } from '../../support/case-context.ts'
import { handIn } from '../../support/hand-in.ts'
import { openWorkItem } from '../../support/task.ts'

const MATTERS = ['archive-transfer', 'flexible-pension', 'flexible-medical']

onBothDatabases('services/materials/visible', database => {
  const dataDir = mkdtempSync(join(tmpdir(), 'visible-'))
  let db: Knex
  let ctx: ServerContext
  let application: Application
  const clerkOf = (department: string, division: string | null): Actor => staff('clerk', `${department}-gx`, { department, division })
  const [hrss, elsewhere, medical] = [clerkOf('hrss', '450103'), clerkOf('hrss', '450200'), clerkOf('medical', '450103')]

  before(async () => { db = await database.openMigrated() })
  after(async () => {
    await db.destroy()
    rmSync(dataDir, { recursive: true, force: true })
  })
  beforeEach(async () => {
    ctx = testContext(db, { dataDir })
    const one = await submittedCase(ctx, { matters: MATTERS })
    await db('item').where({ id: one.item('archive-transfer') }).update({ division: '450200' })
    application = (await findApplication(db, one.id))!
    await handIn(ctx, staff('window', 'window-gx'), one.id, [...MATTERS, null].map(slug =>
      ({ bytes: Buffer.from('%PDF-1.7'), mediaType: 'application/pdf', code: 'identity', slug, fileName: '扫描件.pdf' })))
  })

  /** What of the case's matters an actor gets to see, by each way that leads there. */
  async function seen(actor: Actor) {
    const view = await viewApplication(ctx, actor, application)
    const papers = await paperScope(ctx, actor, application)
    const files = (await viewMaterials(ctx, actor, application)).materials.flatMap(entry => entry.files as { slug: string | null }[])
    const all = await findMaterials(db, application.id)
    const readable = await Promise.all(all.map(({ id }) => readMaterial(ctx, actor, application, id).then(() => true, () => false)))
    const slugs = (list: readonly { slug: string | null }[]) => [...new Set(list.map(({ slug }) => slug))].filter(slug => slug !== null).sort()
    const isCommon = ({ slug }: { slug: string | null }): boolean => slug === null
    return {
      items: slugs(view.items), sections: Object.keys(view.content.items).sort(), materials: slugs(view.materials), files: slugs(files),
      readable: slugs(all.filter((_, index) => readable[index])),
      papers: [...papers.matters].sort(), printed: Object.keys(papers.content.items).sort(), paperItems: slugs(papers.items),
      hasCommonFile: view.materials.some(isCommon) && readable[all.findIndex(isCommon)]
    }
  }
  const everywhere = (slugs: readonly string[]) => ({
    items: slugs, sections: slugs, materials: slugs, files: slugs, readable: slugs,
    papers: slugs, printed: slugs, paperItems: slugs, hasCommonFile: true
  })

  it('shows a clerk the matters of the own department and division, and of the others nothing', async () => {
    expect(await seen(hrss)).to.deep.equal(everywhere(['flexible-pension']))
    expect(await seen(elsewhere)).to.deep.equal(everywhere(['archive-transfer']))
    expect(await seen(medical)).to.deep.equal(everywhere(['flexible-medical']))
  })

  it('refuses a material of a matter elsewhere as if it did not exist, and notes no look at it', async () => {
    const [{ id } = { id: '' }] = (await findMaterials(db, application.id)).filter(({ slug }) => slug === 'archive-transfer')
    const refused = await readMaterial(ctx, medical, application, id).catch((error: unknown) => error)
    expect(refused).to.include({ code: 'NOT_FOUND' })
    expect(await db('audit_event').where({ chain: application.id, type: 'personal-data-viewed' })).to.deep.equal([])
  })

  it('shows the whole region and a city what lies in them', async () => {
    expect((await seen(clerkOf('hrss', null))).items).to.deep.equal(['archive-transfer', 'flexible-pension'])
    expect((await seen(clerkOf('hrss', '450100'))).items).to.deep.equal(['flexible-pension'])
  })

  it('shows a clerk each matter in which the own desk has or had a task, whose ever it is', async () => {
    const task = await openWorkItem(ctx, { application_id: application.id, slug: 'archive-transfer', division: '450103' })
    expect(await seen(hrss)).to.deep.equal(everywhere(['archive-transfer', 'flexible-pension']))
    await db('work_item').where({ id: task.id }).update({ state: 'completed', department: 'medical' })
    expect(await seen(medical)).to.deep.equal(everywhere(['archive-transfer', 'flexible-medical']))
  })

  it('shows all of it to whoever made it, and to a window', async () => {
    const all = [...MATTERS].sort()
    const applicant = { ...staff('citizen'), key: application.applicant_key, account: null }
    for (const actor of [applicant, staff('window', 'window-gx')]) {
      expect(await visibleMatters(ctx, actor, application)).to.deep.equal(MATTERS)
      expect(await seen(actor)).to.deep.equal(everywhere(all))
    }
  })
})
