import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { load } from 'js-yaml'
import { createBusinessClock } from '../../server/clock.ts'
import { connect } from '../../server/db/connect.ts'
import { migrate } from '../../server/db/migrate.ts'
import { requestSecondsOf } from '../../server/http/request-metrics.ts'
import { createMetrics as metricsOfServer } from '../../server/internal/metrics.ts'
import { operationsOf, readOpenApi } from '../../server/openapi.ts'
import { createMetrics as metricsOfWorkers } from '../../workers/runtime/metrics.ts'

interface Rule {
  readonly alert: string
  readonly expr: string
  readonly labels: { readonly severity: string }
  readonly annotations: { readonly summary: string }
}

const alerts = (load(readFileSync('docker/prometheus/alerts.yml', 'utf8')) as { groups: { rules: Rule[] }[] }).groups.flatMap(({ rules }) => rules)
const dashboard = JSON.parse(readFileSync('docker/grafana/yijianshi.json', 'utf8')) as {
  panels: { title: string; type: string; targets?: { expr: string }[] }[]
}
const expressions = [
  ...alerts.map(({ alert, expr }) => ({ place: alert, expr })),
  ...dashboard.panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ place: title, expr })))
]

/** Functions and words of PromQL that the expressions use; everything else before a selector is a figure. */
const WORDS = new Set(['sum', 'max', 'max_over_time', 'by', 'rate', 'increase', 'histogram_quantile', 'time', 'abs', 'count', 'or', 'and', 'unless', 'vector'])
/** Of Prometheus itself. */
const OWN = new Set(['up'])

function figuresIn(expr: string): string[] {
  const bare = expr.replace(/\{[^}]*\}/g, '').replace(/\bby \([^)]*\)/g, '').replace(/\[[^\]]*\]| offset \w+/g, '')
  return [...bare.matchAll(/[a-z_][a-z0-9_]*/gi)].map(([name]) => name).filter(name => !WORDS.has(name) && !OWN.has(name))
}

describe('alerts and dashboard', () => {
  const shown = new Map<string, string>()

  before(async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'figures-'))
    const db = connect({ databaseUrl: '', dataDir })
    await migrate(db)
    const server = await metricsOfServer({ db, clock: createBusinessClock({}) }).text()
    const workers = await metricsOfWorkers('1.0.0').registry.metrics()
    for (const [, name, type] of `${server}\n${workers}`.matchAll(/^# TYPE (\w+) (\w+)$/gm)) shown.set(name!, type!)
    await db.destroy()
    rmSync(dataDir, { recursive: true, force: true })
  })

  it('name only figures that a server or the workers show', () => {
    const isShown = (name: string): boolean => {
      const [, base] = /^(.+)_(?:bucket|sum|count)$/.exec(name) ?? []
      return shown.has(name) || shown.get(base ?? '') === 'histogram'
    }
    const found = expressions.flatMap(({ place, expr }) => figuresIn(expr).map(name => ({ place, name })))
    expect(found.length).to.be.greaterThan(40)
    expect(found.filter(({ name }) => !isShown(name))).to.deep.equal([])
  })

  it('use only labels that these figures have', () => {
    const { registry } = metricsOfWorkers()
    const labels = new Set(['le', 'job', 'instance', ...[...registry.getMetricsAsArray(), requestSecondsOf({})]
      .flatMap(metric => (metric as unknown as { labelNames: string[] }).labelNames)])
    const used = expressions.flatMap(({ place, expr }) => [
      ...[...expr.matchAll(/by \(([^)]*)\)/g)].flatMap(([, list]) => list!.split(', ')),
      ...[...expr.matchAll(/\{([^}]*)\}/g)].flatMap(([, list]) => [...list!.matchAll(/(\w+)(?:=~|!~|=|!=)"/g)].map(([, name]) => name!))
    ].map(label => ({ place, label })))
    expect(used.filter(({ label }) => !labels.has(label))).to.deep.equal([])
  })

  it('speak of operations that the interface has', () => {
    const ids = operationsOf(readOpenApi()).map(({ id }) => id)
    const named = expressions.flatMap(({ expr }) => [...expr.matchAll(/operation!?[=~]+"(\w+)"/g)].map(([, id]) => id!))
    expect(ids).to.include.members([...new Set(named)]).and.to.include('streamTasks')
  })

  it('say in Chinese what happened and how urgent it is, and the handbook says what to do', () => {
    const handbook = readFileSync('docs/guides/operations.md', 'utf8')
    for (const { alert, labels, annotations } of alerts) {
      expect(annotations.summary, alert).to.match(/[一-鿿]/)
      expect(labels.severity, alert).to.be.oneOf(['page', 'ticket'])
      expect(handbook, `docs/guides/operations.md has no chapter ${alert}`).to.match(new RegExp(`^### .*\`${alert}\``, 'm'))
    }
  })

  it('watch the targets that compose.yaml starts', () => {
    const { scrape_configs: jobs } = load(readFileSync('docker/prometheus/prometheus.yml', 'utf8')) as {
      scrape_configs: { job_name: string; static_configs: { targets: string[] }[] }[]
    }
    const { services } = load(readFileSync('docker/compose.yaml', 'utf8')) as { services: Record<string, unknown> }
    const ports: Record<string, number> = { server: 3001, workers: 3002 }
    for (const { job_name: job, static_configs: [list] } of jobs) {
      expect(list!.targets, job).to.deep.equal(Object.keys(services).filter(name => name.startsWith(`${job}-`)).map(name => `${name}:${ports[job]}`))
    }
  })
})
