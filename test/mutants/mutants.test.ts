import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Ended } from '../support/repository-copy.ts'
import { copyRepository } from '../support/repository-copy.ts'

/** What a system needs to run, beside what the copy has: nothing of it is changed. */
const LINKED = ['engine', 'migrations', 'web']

interface Edit {
  readonly file: string
  readonly right: string
  readonly wrong: string
}

interface Mutant {
  readonly defect: string
  /** The experiment that must find it. */
  readonly experiment: string
  readonly edits: readonly Edit[]
}

const MUTANTS: readonly Mutant[] = [
  {
    defect: 'a collision in the engine that is not tried again', experiment: '20 workers away',
    edits: [{
      file: 'workers/runtime/engine-answers.ts',
      right: "if (isCollision(status, problem)) return 'collision'", wrong: "if (isCollision(status, problem)) return 'refused'"
    }]
  },
  {
    defect: 'calls without a deadline', experiment: '7 black hole between',
    edits: [
      { file: 'workers/runtime/interceptors.ts', right: 'timeout: { request: timeoutMs }, ', wrong: '' },
      { file: 'workers/runtime/http.ts', right: "setTimeout(() => fail('TIMEOUT'), limits.timeoutMs)", wrong: 'setTimeout(() => {}, 0)' }
    ]
  },
  {
    defect: 'a department that does not know a request again', experiment: '5 effect without a reply',
    edits: [{
      file: 'departments/common/ledger.ts',
      right: 'request_id: request.requestId,\n      kind', wrong: 'request_id: `${request.requestId}:${randomUUID()}`,\n      kind'
    }]
  }
]

/** Cases that do not end, or something lost, doubled or amiss; a system that does not start is no finding. */
const CAUGHT = /the end of \d+ cases did not come about|expected \{ .*lost: /

/** Past defects, put back one by one in a copy of the repository: the fault experiments must find each. */
describe('a past defect', () => {
  it('none: the same experiments find nothing in the system as it is', async () => {
    const names = MUTANTS.map(({ experiment }) => experiment).join('|')
    const { code, output } = await experimentsWith([], `^faults (${names})`)
    expect(code, output).to.equal(0)
  })

  for (const { defect, experiment, edits } of MUTANTS) {
    it(`${defect}: found by “${experiment} …”`, async () => {
      const { code, output } = await experimentsWith(edits, `^faults ${experiment}`)
      expect(code, output).to.not.equal(0)
      expect(output).to.match(CAUGHT)
    })
  }
})

async function experimentsWith(edits: readonly Edit[], grep: string): Promise<Ended> {
  const copy = copyRepository()
  try {
    for (const name of LINKED) symlinkSync(join(process.cwd(), name), join(copy.root, name))
    for (const { file, right, wrong } of edits) copy.edit(file, text => text.replace(right, wrong))
    return await copy.command('mocha', '--config', 'test/faults/.mocharc.json', '--grep', grep)
  } finally {
    copy.remove()
  }
}
