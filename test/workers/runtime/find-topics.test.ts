import { expect } from 'chai'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findTopics } from '../../../workers/runtime/find-topics.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const matter = (slug: string, ...steps: string[]) => `export const matter = { slug: '${slug}', title: 'x', steps: {
  ${steps.map(step => `'${step}': async () => ({ variables: {}, receipt: null, reasons: [] })`).join(', ')} } }`

describe('topics found by folder listing', () => {
  let folder: string
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'topics-'))
    write('package.json', '{"type":"module"}')
    write('workers/runtime/ignored.ts', 'throw new Error("not a matter")')
    write('workers/here/some-matter.ts', matter('some-matter', 'verify', 'register'))
    write('workers/here/some-matter.parts.ts', 'throw new Error("a part is not a matter")')
    write('workers/common/results.ts', matter('results', 'mail-results'))
    write('regions/here/region.json', JSON.stringify({ insurances: [{ slug: 'a', department: 'hrss' }] }))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('are named after region, matter and step, and belong to the department of steps.json', async () => {
    write('regions/here/steps.json', JSON.stringify({
      'here.some-matter.verify': { department: 'tax', asksDepartmentOf: 'insurance', fields: {} },
      'here.some-matter.register': { department: 'medical', fields: {} },
      'common.mail-results': { department: 'post', fields: {} }
    }))
    const topics = await findTopics(folder)
    expect(topics.map(({ topic, department, departmentOf }) => ({ topic, department, departmentOf }))).to.deep.equal([
      { topic: 'here.some-matter.verify', department: 'tax', departmentOf: { a: 'hrss' } },
      { topic: 'here.some-matter.register', department: 'medical', departmentOf: undefined },
      { topic: 'common.mail-results', department: 'post', departmentOf: undefined }
    ])
  })

  it('must be listed and worked, both ways, and all faults are told together', async () => {
    write('regions/here/steps.json', JSON.stringify({
      'here.some-matter.verify': { department: 'tax', fields: {} }, 'here.other.verify': { department: 'tax', fields: {} }
    }))
    const error = await findTopics(folder).then(() => expect.fail('they were taken'), (one: Error) => one)
    for (const topic of ['here.some-matter.register', 'here.other.verify', 'common.mail-results']) {
      expect(error.message).to.include(topic)
    }
  })

  it('of this repository are complete', async () => {
    const topics = (await findTopics(root)).map(({ topic }) => topic)
    expect(topics).to.include.members(['guangxi.contribution.declare', 'guangxi.archive-transfer.request-file', 'common.mail-results'])
  })
})
