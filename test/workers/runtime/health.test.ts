import { expect } from 'chai'
import { startHealth } from '../../../workers/runtime/health.ts'
import { createMetrics } from '../../../workers/runtime/metrics.ts'

describe('health of a worker', () => {
  it('tells life, readiness and figures on its own port', async () => {
    const metrics = createMetrics()
    metrics.tasks.inc({ topic: 'common.open-item', outcome: 'complete' })
    let late = ['hrss', 'common']
    const health = await startHealth({ host: '127.0.0.1', port: 0, registry: metrics.registry, late: () => late })
    const get = (path: string, method = 'GET') => fetch(`http://127.0.0.1:${health.port}${path}`, { method })
    try {
      expect((await get('/healthz')).status).to.equal(200)
      const waiting = await get('/readyz')
      expect([waiting.status, await waiting.json()]).to.deep.equal([503, { status: 'waiting', waiting: late }])
      late = []
      expect((await get('/readyz')).status).to.equal(200)
      expect(await (await get('/metrics')).text()).to.include('worker_tasks_total{topic="common.open-item",outcome="complete"} 1')
      expect((await get('/other')).status).to.equal(404)
      expect((await get('/healthz', 'POST')).status).to.equal(405)
    } finally {
      await health.stop()
    }
  })
})
