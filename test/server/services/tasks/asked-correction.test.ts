import { expect } from 'chai'
import { AppError } from '../../../../core/errors.ts'
import type { ServerContext } from '../../../../server/context.ts'
import { exampleOf } from '../../../../server/services/forms/form-bundle.ts'
import { isFormField } from '../../../../server/services/forms/form-field.ts'
import { askedCorrection } from '../../../../server/services/tasks/asked-correction.ts'
import { formSections } from '../../../../server/services/tasks/form-parts.ts'
import { onBothDatabases } from '../../../support/databases.ts'
import { submittedCase, testContext } from '../../support/case-context.ts'
import { openWorkItem } from '../../support/task.ts'

onBothDatabases('services/tasks/asked-correction', database => {
  let ctx: ServerContext
  before(async () => { ctx = testContext(await database.openMigrated()) })
  after(() => ctx.db.destroy())

  /** What is refused of the paths that a task of the declaration asks for, by their place. */
  async function refused(paths: readonly string[]): Promise<string[]> {
    const one = await submittedCase(ctx, { matters: ['contribution', 'flexible-pension'], rows: ['flexible-pension'] })
    const task = await openWorkItem(ctx, { application_id: one.id, item_id: one.item('contribution'), slug: 'contribution', department: 'tax' })
    const correction = { fields: paths.map(path => ({ path, reasonCode: 'FIELD_INCORRECT' })) }
    const answer = await askedCorrection(ctx, task, { decision: 'correct', correction }).catch((error: unknown) => error)
    if (!(answer instanceof AppError)) return []
    expect([answer.code, ...new Set(answer.fields!.map(({ code }) => code))]).to.deep.equal(['DECISION_INVALID', 'FIELD_UNKNOWN'])
    return answer.fields!.map(({ path }) => paths[Number(/^\/correction\/fields\/(\d+)\/path$/.exec(path)![1])]!)
  }

  it('asks for common fields and those of the own matter, also ones that are still empty and whole parts', async () => {
    expect(await refused([
      '/common/person/mobile', '/common/person/residenceAddress', '/items/contribution/delivery', '/items/contribution/delivery/method',
      '/items/contribution/rows', '/items/contribution/rows/0/periodStart', '/items/contribution/rows/0/base'
    ])).to.deep.equal([])
  })

  it('refuses what the form does not have, and rows that are not there', async () => {
    const wrong = [
      '/common/person/mobil', '/common/person/mobile/0', '/common/', '/common', 'common/person/mobile', '/common/constructor', '/items/contribution/',
      '/items/contribution', '/items/contribution/rows/1/periodStart', '/items/contribution/rows/-/periodStart', '/items/contribution/rows/00/base',
      '/items/contribution/rows/length', '/items/nothing/delivery', '/nothing/at/all'
    ]
    expect(await refused(['/common/person/mobile', ...wrong])).to.deep.equal(wrong)
  })

  it('refuses the fields of another matter, and an agent\'s where there is none', async () => {
    const wrong = ['/items/flexible-pension/delivery/method', '/items/resident-medical/community', '/agent/mobile']
    expect(await refused(wrong)).to.deep.equal(wrong)
  })

  it('knows each field that a desk shows, in every region', () => {
    for (const region of ctx.regions.all()) {
      const example = (part: string) => exampleOf(ctx.regions.form(region.slug, part).schema)
      const slugs = region.matters.map(({ slug }) => slug)
      const content = { common: example('common'), items: Object.fromEntries(slugs.map(slug => [slug, example(slug)])), agent: example('agent') }
      for (const { key, fields } of formSections(ctx.regions, region, content, slugs)) {
        const [written, depth] = key === 'common' || key === 'agent' ? [content[key], 2] : [content.items[key], 3]
        const unknown = fields.filter(({ path }) => !isFormField(ctx.regions.form(region.slug, key).schema, written, path.split('/').slice(depth)))
        expect(unknown, `${region.slug} ${key}`).to.deep.equal([])
        expect(fields, `${region.slug} ${key}`).not.to.have.length(0)
      }
    }
  })
})
