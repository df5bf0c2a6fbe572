import { expect } from 'chai'
import { operationsOf, readOpenApi } from '../../server/openapi.ts'

describe('openapi', () => {
  const operations = operationsOf(readOpenApi())
  const find = (method: string, path: string) => operations.find(one => one.method === method && one.pattern.test(path))?.id

  it('gives each operation an id of its own', () => {
    expect(new Set(operations.map(({ id }) => id)).size).to.equal(operations.length)
    for (const { id } of operations) expect(id).to.match(/^[a-z][A-Za-z]+$/)
  })

  it('matches fixed paths before those with parameters, and whole segments only', () => {
    expect(find('POST', '/api/v1/tasks/next')).to.equal('takeNextTask')
    expect(find('GET', '/api/v1/tasks/some-id')).to.equal('getTask')
    expect(find('GET', '/healthz')).to.equal('healthz')
    for (const path of ['/api/v1/tasks/', '/api/v1/tasks/a/b', '/x/api/v1/tasks', '/API/v1/tasks']) expect(find('GET', path), path).to.equal(undefined)
  })
})
