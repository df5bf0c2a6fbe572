import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { createBusinessClock } from '../../server/clock.ts'
import { createEngineGateway } from '../../server/engine/gateway.ts'
import type { EngineGateway } from '../../server/engine/gateway.ts'
import { exportModels } from '../../scripts/system/export-models.ts'

/** Answers as an engine does that has two processes and a table of Guangxi in force. */
const answers = createServer(({ url }, response) => {
  const kind = /\/(process|decision)-definition/.exec(url!)![1]
  const keys = kind === 'process' ? ['enrolment', 'resident-pension'] : ['review']
  const id = /definition\/([^/]+)\/xml/.exec(url!)?.[1]
  const answer = id ? { bpmn20Xml: `<${id}/>`, dmnXml: `<${id}/>` } : keys.map(key => ({ id: key, key: `guangxi-${key}`, version: 1, name: key }))
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify(answer))
})

describe('scripts/system/export-models', () => {
  let engine: EngineGateway
  let folder: string
  before(async () => {
    await new Promise<void>(resolve => { answers.listen(0, '127.0.0.1', resolve) })
    const url = `http://127.0.0.1:${(answers.address() as AddressInfo).port}/engine-rest`
    engine = createEngineGateway({ url, user: 'u', password: 'p', clock: createBusinessClock() })
  })
  after(() => {
    engine.close()
    answers.close()
  })
  beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'export-')) })
  afterEach(() => rm(folder, { recursive: true }))

  it('names each file: what is new, what changed and what is equal', async () => {
    await writeFile(join(folder, 'enrolment.bpmn'), '<old/>')
    await writeFile(join(folder, 'review.dmn'), '<review/>')
    expect(await exportModels(engine, 'guangxi', folder)).to.deep.equal([
      { name: 'enrolment.bpmn', outcome: 'changed' }, { name: 'resident-pension.bpmn', outcome: 'new' }, { name: 'review.dmn', outcome: 'equal' }
    ])
    expect(await readFile(join(folder, 'enrolment.bpmn'), 'utf8')).to.equal('<enrolment/>')
    expect(await readFile(join(folder, 'resident-pension.bpmn'), 'utf8')).to.equal('<resident-pension/>')
  })

  it('leaves alone what cannot be read, and goes on', async () => {
    await mkdir(join(folder, 'enrolment.bpmn'))
    const outcomes = (await exportModels(engine, 'guangxi', folder)).map(({ outcome }) => outcome)
    expect(outcomes).to.deep.equal(['unreadable', 'new', 'new'])
    expect(await readFile(join(folder, 'review.dmn'), 'utf8')).to.equal('<review/>')
  })
})
