import { spawnSync } from 'node:child_process'
import { expect } from 'chai'

const promtool = (args: readonly string[]) => spawnSync('promtool', args, { cwd: 'docker/prometheus', encoding: 'utf8' })

describe('the alert rules, as Prometheus works them out', () => {
  it('wake somebody where nothing but errors is answered, and for the first of its kind', function () {
    // A tool of Prometheus itself; no package of ours brings it.
    if (promtool(['--version']).error) this.skip()
    const { status, stdout, stderr } = promtool(['test', 'rules', 'alerts.test.yml'])
    expect(status, `${stdout}${stderr}`).to.equal(0)
  })
})
