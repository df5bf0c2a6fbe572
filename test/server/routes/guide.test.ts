import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { RetryableError } from '../../../core/errors.ts'
import { currentGuide } from '../../../server/services/guide/kept-guide.ts'
import { tableDecisions } from '../../policy/table-decisions.ts'
import { startPublicServer } from '../../support/public-server.ts'
import type { PublicServer } from '../../support/public-server.ts'
import { pdfText } from '../documents/papers/pdf-text.ts'
import { modelsOnly } from '../support/case-context.ts'

const TABLE = 'guangxi-deadlines'
const change = (xml: string) => xml.replace(/(deadline-social-security-card\.out\.promisedWorkingDays"><text>)5</, '$17<')

describe('routes/guide', () => {
  let server: PublicServer
  let version = 1
  let isAway = false

  before(async () => {
    const [old, changed] = [tableDecisions(), tableDecisions(TABLE, change)]
    server = await startPublicServer({
      decisions: { evaluate: (key, inputs) => guarded(() => (version === 1 ? old : changed).evaluate(key, inputs)) }
    })
    Object.assign(server.ctx.engine, {
      decisionDefinition: (key: string) => guarded(() => Promise.resolve({ id: key === TABLE ? `${key}:${version}` : key, key, version })),
      decisionXml: (id: string) => guarded(() => Promise.resolve(readFileSync(`processes/guangxi/${id.replace('guangxi-', '')}.dmn`, 'utf8'))),
      processDefinition: (key: string) => guarded(() => modelsOnly.processDefinition(key)),
      processXml: (id: string) => guarded(() => modelsOnly.processXml(id))
    })
  })
  after(() => server.stop())

  const guarded = <T>(work: () => Promise<T>): Promise<T> => isAway ? Promise.reject(new RetryableError('ENGINE_UNAVAILABLE')) : work()
  const page = async () => (await fetch(`${server.url}/guide/guangxi`)).text()
  const paper = async () => pdfText(Buffer.from(await (await fetch(`${server.url}/api/v1/regions/guangxi/guide.pdf`)).arrayBuffer())).replaceAll('\n', '')
  const card = async () => (await server.anonymous.get('regions/guangxi/guide')).matters[3].deadlines[0].promisedWorkingDays

  it('fails while the engine is away and nothing was ever read', async () => {
    isAway = true
    expect((await server.anonymous.send('GET', 'regions/guangxi/guide')).status).to.equal(503)
    isAway = false
  })

  it('says the same as data, page and paper, to everybody', async () => {
    const guide = await server.anonymous.get('regions/guangxi/guide')
    const [html, pdf] = [await page(), await paper()]
    for (const { title, legalBasis } of guide.matters) {
      for (const part of [title, ...legalBasis]) expect(html, part).to.contain(part)
      for (const part of [title, ...legalBasis]) expect(pdf.includes(part), part).to.equal(true)
    }
    for (const part of ['线上、窗口、平台：5个工作日', '制卡人照片', '以各地门户网站公布为准', '办理流程图']) expect(pdf).to.contain(part)
    for (const staff of ['5505220', '5893916']) for (const text of [html, pdf]) expect(text).not.to.contain(staff)
  })

  it('draws each process from its own layout', async () => {
    for (const slug of ['enrolment', 'social-security-card']) {
      const response = await fetch(`${server.url}/guide/guangxi/${slug}.svg`)
      expect(response.headers.get('content-type')).to.contain('image/svg+xml')
      const svg = await response.text()
      const bpmn = readFileSync(`processes/guangxi/${slug}.bpmn`, 'utf8')
      const edges = bpmn.match(/<bpmndi:BPMNEdge /g)!.length
      expect(svg.match(/<polyline /g)).to.have.length(edges)
    }
    expect((await fetch(`${server.url}/guide/guangxi/__proto__.svg`)).status).to.equal(404)
    expect((await fetch(`${server.url}/guide/atlantis`)).status).to.equal(404)
  })

  it('follows a table that is deployed anew, on the page and the paper too, and outlives the engine', async () => {
    expect(await card()).to.equal(5)
    version = 2
    expect(await card()).to.equal(7)
    expect(await page()).to.contain('线上、窗口、平台：7个工作日')
    isAway = true
    expect(await server.anonymous.get('regions/guangxi/guide')).to.include({ isCurrent: false })
    expect([await card(), (await page()).includes('暂时不可用')]).to.deep.equal([7, true])
    expect(await paper()).to.contain('7个工作日')
    // A server that starts while the engine is away finds the copy on the disk.
    const dataDir = mkdtempSync(join(tmpdir(), 'guide-'))
    try {
      cpSync(join(server.ctx.config.dataDir, 'guides'), join(dataDir, 'guides'), { recursive: true })
      const started = await currentGuide({ ...server.ctx, config: { ...server.ctx.config, dataDir } }, 'guangxi')
      expect([started.isCurrent, started.guide.matters.length]).to.deep.equal([false, 9])
    } finally {
      rmSync(dataDir, { recursive: true, force: true })
    }
    isAway = false
    expect(await server.anonymous.get('regions/guangxi/guide')).to.include({ isCurrent: true })
  })
})
