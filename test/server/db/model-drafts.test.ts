import { expect } from 'chai'
import type { Knex } from 'knex'
import { findDraft, insertDraft, insertRelease, listDrafts, listReleases, listRevisions, updateDraft } from '../../../server/db/model-drafts.ts'
import type { ModelDraft } from '../../../server/db/model-drafts.ts'
import { onBothDatabases } from '../../support/databases.ts'

const draft: ModelDraft = {
  id: 'd1', region: 'guangxi', key: 'guangxi-a', kind: 'process', base_version: 1, state: 'editing', version: 1, xml: '<a/>', reason: null,
  created_by: 'x', created_at: 1, updated_by: 'x', updated_at: 1, submitted_by: null
}

onBothDatabases('server/db/model-drafts', ({ openMigrated }) => {
  let db: Knex
  before(async () => {
    db = await openMigrated()
    await insertDraft(db, draft)
  })

  it('keeps every saved text and lets only the first of two writers through', async () => {
    const saved = await updateDraft(db, draft, { xml: '<b/>', updated_by: 'y', updated_at: 2 })
    expect(saved.version).to.equal(2)
    await updateDraft(db, draft, { xml: '<c/>' }).then(() => expect.fail('it was let through'), (error: { code: string }) =>
      expect(error.code).to.equal('VERSION_CONFLICT'))
    expect((await listRevisions(db, 'd1')).map(({ version, xml, saved_by }) => [version, xml, saved_by])).to.deep.equal([[2, '<b/>', 'y'], [1, '<a/>', 'x']])
  })

  it('finds a draft in its region only, inside a transaction too, and lists what is not put away', async () => {
    expect(await findDraft(db, 'ningxia', 'd1')).to.equal(null)
    expect(await db.transaction(trx => findDraft(trx, 'guangxi', 'd1'))).to.deep.include({ xml: '<b/>', updated_at: 2 })
    await insertDraft(db, { ...draft, id: 'd2', state: 'discarded' })
    expect((await listDrafts(db, 'guangxi')).map(({ id }) => id)).to.deep.equal(['d1'])
  })

  it('keeps releases, the latest first', async () => {
    const release = {
      id: 'r1', draft_id: 'd1', region: 'guangxi', key: 'guangxi-a', from_version: 1, to_version: 2, deployment_id: 'e', reason: 'r', diff: '[]',
      sha256: 'h', submitted_by: 'x', released_by: 'y', released_at: 5
    }
    await insertRelease(db, release)
    await insertRelease(db, { ...release, id: 'r2', released_at: 6 })
    expect((await listReleases(db, 'guangxi')).map(({ id, released_at }) => [id, released_at])).to.deep.equal([['r2', 6], ['r1', 5]])
  })
})
