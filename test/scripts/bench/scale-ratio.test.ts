import { spawn } from 'node:child_process'
import { expect } from 'chai'
import { cpuWithChildren, processorSeconds } from '../../../scripts/bench/machine.ts'
import { bottleneckOf } from '../../../scripts/bench/scale-ratio.ts'
import type { ScaleRound } from '../../../scripts/bench/scale.ts'

const round = (perSecond: number, busy: number): ScaleRound =>
  ({ perSecond, busy, cpu: { engine: 0.2, server: 0.25, workers: 0.1, departments: 0.05, postgres: 0.15 } })

describe('bench scale', () => {
  it('names the processors as the bottleneck only when they are busy', () => {
    expect(bottleneckOf([round(2, 0.95), round(2.5, 0.97)])).to.contain('the processors: 96 % busy; server uses the most (0.250').and.contain('then engine')
    expect(bottleneckOf([round(2, 0.4)])).to.contain('not the processors (40 % busy)')
  })

  it('counts what a child has used after its end, too', async () => {
    const before = { own: cpuWithChildren(process.pid), machine: processorSeconds() }
    // By its own count, as it gets less in the same time on a machine with other work.
    await new Promise(resolve => { spawn(process.execPath, ['-e', 'while (process.cpuUsage().user < 300_000);']).once('exit', resolve) })
    expect(cpuWithChildren(process.pid) - before.own).to.be.greaterThan(0.15)
    const { busy, all } = processorSeconds()
    expect(busy - before.machine.busy).to.be.within(0.1, all - before.machine.all)
  })
})
