import { expect } from 'chai'
import { createLog } from '../../core/log.ts'
import { createTracer } from '../../core/spans.ts'
import { newTraceparent, readTraceparent } from '../../core/traceparent.ts'
import type { Collector } from '../support/collector.ts'
import { startCollector } from '../support/collector.ts'

describe('core/spans', () => {
  let collector: Collector
  const lines: string[] = []
  const log = createLog({ level: 'warn', destination: { write: line => { lines.push(line) } } })
  const tracer = () => createTracer({ endpoint: `${collector.url}/`, service: 'server', log, fetch })
  const begun = { startedAt: 1_774_317_600_000, endedAt: 1_774_317_600_250, attributes: { topic: 'common.open-item', attempt: 2 } }

  beforeEach(async () => {
    collector = await startCollector()
    lines.length = 0
  })
  afterEach(() => collector.stop())

  it('hands a span over with its trace, parent, kind, times and attributes', async () => {
    const one = tracer()
    const [parent, traceparent] = [newTraceparent(), newTraceparent()]
    const own = parent.slice(0, 36) + traceparent.slice(36)
    one.record({ name: 'step', kind: 'consumer', traceparent: own, parent, isFailed: true, ...begun })
    await one.stop()
    expect(collector.spans).to.deep.equal([{
      service: 'server', name: 'step', kind: 5, traceId: readTraceparent(parent)!.traceId, spanId: readTraceparent(own)!.spanId,
      parentSpanId: readTraceparent(parent)!.spanId, startTimeUnixNano: '1774317600000000000', endTimeUnixNano: '1774317600250000000',
      attributes: { topic: 'common.open-item', attempt: '2' }, status: { code: 2 }
    }])
  })

  it('makes work a span of its own, which fails when the work does', async () => {
    const one = tracer()
    const parent = newTraceparent()
    let inner = ''
    await one.within({ name: 'good', kind: 'internal', parent, attributes: {} }, async context => { inner = context })
    await one.within({ name: 'bad', kind: 'internal', parent, attributes: {} }, () => Promise.reject(new Error('x'))).catch(() => undefined)
    await one.stop()
    expect(collector.spans.map(({ name, status }) => [name, status.code])).to.deep.equal([['good', 0], ['bad', 2]])
    expect(collector.spans[0]!.spanId).to.equal(readTraceparent(inner)!.spanId)
  })

  it('leaves out what is not sampled', async () => {
    const one = tracer()
    one.record({ name: 'quiet', kind: 'internal', traceparent: `${newTraceparent().slice(0, -2)}00`, ...begun })
    await one.stop()
    expect(collector.bodies).to.deep.equal([])
  })

  it('loses spans and nothing else while the collector is away, says so once, and goes on when it is back', async () => {
    const one = tracer()
    collector.isAway = true
    for (let index = 0; index < 1100; index++) one.record({ name: 'lost', kind: 'internal', traceparent: newTraceparent(), ...begun })
    await one.within({ name: 'last', kind: 'internal', attributes: {} }, () => Promise.resolve())
    await one.stop()
    expect(lines.filter(line => line.includes('the collector of traces'))).to.have.length(1)
    collector.isAway = false
    one.record({ name: 'kept', kind: 'internal', traceparent: newTraceparent(), ...begun })
    await one.stop()
    expect(collector.spans.map(({ name }) => name)).to.deep.equal(['kept'])
  })

  it('is off where no collector is named, and still hands contexts on', async () => {
    const off = createTracer({ endpoint: '', service: 'server', log, fetch })
    const parent = newTraceparent()
    const child = await off.within({ name: 'x', kind: 'internal', parent, attributes: {} }, context => Promise.resolve(context))
    expect([off.isOn, child.slice(0, 36)]).to.deep.equal([false, parent.slice(0, 36)])
  })
})
