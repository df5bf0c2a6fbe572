import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import type { ApiClient } from '../../../scripts/client.ts'
import { exampleContent, merge } from '../../forms/support.ts'
import { noConflicts, staff, startPublicServer } from '../../support/public-server.ts'
import type { PublicServer } from '../../support/public-server.ts'

interface OddInput {
  readonly case: string
  readonly matter: string
  /** Changes to the example form; `{ repeat, times }` stands for a long text. */
  readonly person?: Readonly<Record<string, unknown>>
  readonly item?: object
  /** Path, code and sentence of each problem; none: it is taken as what it means. */
  readonly told: readonly string[]
}

const cases = JSON.parse(readFileSync(new URL('odd-input.json', import.meta.url), 'utf8')) as OddInput[]

describe('odd input over HTTP', () => {
  let server: PublicServer
  let window: ApiClient
  before(async () => {
    server = await startPublicServer({ decisions: noConflicts })
    // A window fills in the form for anybody, so nothing is said here of whose identity it is.
    window = await server.as(staff('window', 'window-gx', { department: 'window', division: '450103' }))
  })
  after(() => server.stop())

  for (const { case: title, matter, person = {}, item = {}, told } of cases) {
    it(title, async () => {
      const changes = { common: { person: written(person) }, items: { [matter]: item } }
      const content = merge(exampleContent([matter]), changes) as object
      const answer = await window.send('POST', 'applications', { region: 'guangxi', channel: 'window', matters: [matter], ...content })
      expect(answer.status, JSON.stringify(answer.body).slice(0, 300)).to.equal(201)
      const problems = answer.body.problems as { path: string; code: string; message: string }[]
      expect(problems.map(({ path, code, message }) => `${path} ${code} ${message}`)).to.deep.equal(told)
    })
  }

  it('a body of more than a megabyte is refused whole', async () => {
    const content = merge(exampleContent(['flexible-pension']), { common: { person: { name: '张'.repeat(1_000_000) } } }) as object
    const body = { region: 'guangxi', channel: 'window', matters: ['flexible-pension'], ...content }
    const answer = await window.send('POST', 'applications', body)
    expect([answer.status, answer.body.code, answer.body.detail]).to.deep.equal([413, 'PAYLOAD_TOO_LARGE', '提交的内容超过上限，请减少内容后再提交。'])
  })
})

function written(person: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(person).map(([name, value]) => {
    if (typeof value !== 'object' || value === null) return [name, value]
    const { repeat, times } = value as { repeat: string; times: number }
    return [name, repeat.repeat(times)]
  }))
}
