import { expect } from 'chai'
import type { Knex } from 'knex'
import { findKey, keepAnswer, releaseKey, takeKey, takeOverKey } from '../../../server/db/idempotency.ts'
import { onBothDatabases } from '../../support/databases.ts'

onBothDatabases('db/idempotency', database => {
  let db: Knex
  before(async () => { db = await database.openMigrated() })

  it('gives a key to one of many at once', async () => {
    const owner = { applicant_key: 'a', key: 'at-once' }
    const taken = await Promise.all(Array.from({ length: 10 }, (_, index) => takeKey(db, owner, 'hash', index)))
    expect(taken.filter(Boolean)).to.have.length(1)
    expect(await takeKey(db, { ...owner, applicant_key: 'b' }, 'hash', 1)).to.equal(true)
  })

  it('keeps the answer, which cannot be taken over or released any more', async () => {
    const owner = { applicant_key: 'a', key: 'answered' }
    await takeKey(db, owner, 'hash', 5)
    await keepAnswer(db, owner, 201, 'sealed')
    expect(await takeOverKey(db, owner, 5, 6)).to.equal(false)
    await releaseKey(db, owner)
    expect(await findKey(db, owner)).to.include({ body_hash: 'hash', status: 201, response_enc: 'sealed' })
  })

  it('lets one take over what was abandoned, and gives a key back', async () => {
    const owner = { applicant_key: 'a', key: 'abandoned' }
    await takeKey(db, owner, 'hash', 5)
    const both = await Promise.all([takeOverKey(db, owner, 5, 70), takeOverKey(db, owner, 5, 71)])
    expect(both.filter(Boolean)).to.have.length(1)
    await releaseKey(db, owner)
    expect(await findKey(db, owner)).to.equal(null)
  })
})
