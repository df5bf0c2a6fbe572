import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { expect } from 'chai'
import { ESLint } from 'eslint'

const BAD = 'test/lint/bad'

/** Each file of `bad/` breaks one boundary; the rule that must report it is in the right column. */
const EXPECTED: Readonly<Record<string, string>> = {
  'server/imports-workers.ts': 'import-x/no-restricted-paths',
  'workers/guangxi/imports-server.ts': 'import-x/no-restricted-paths',
  'workers/guangxi/imports-disk.ts': 'no-restricted-imports',
  'workers/guangxi/imports-sibling.ts': 'import-x/no-restricted-paths',
  'core/imports-server.ts': 'import-x/no-restricted-paths',
  'core/reads-environment.ts': 'no-restricted-properties',
  'migrations/imports-core.ts': 'import-x/no-restricted-paths',
  'migrations/imports-knex.ts': '@typescript-eslint/no-restricted-imports',
  'departments/tax/imports-server.ts': 'import-x/no-restricted-paths',
  'web/src/apply/imports-antd.ts': '@typescript-eslint/no-restricted-imports',
  'web/src/apply/imports-core.ts': '@typescript-eslint/no-restricted-imports',
  'web/src/apply/imports-desk.ts': 'import-x/no-restricted-paths',
  'web/src/apply/imports-staff.ts': 'import-x/no-restricted-paths',
  'web/src/desk/imports-server.ts': 'import-x/no-restricted-paths'
}

const filesOf = (folder: string): string[] => readdirSync(folder, { withFileTypes: true })
  .flatMap(entry => (entry.isDirectory() ? filesOf(join(folder, entry.name)) : [join(folder, entry.name)]))

describe('the boundaries between the rooms', () => {
  it('are known for every bad file', () => {
    expect(filesOf(BAD).map(file => relative(BAD, file)).sort()).to.deep.equal(Object.keys(EXPECTED).sort())
  })

  for (const [file, rule] of Object.entries(EXPECTED)) {
    it(`${file} is reported by ${rule}`, async function () {
      this.timeout(120_000)
      const eslint = new ESLint()
      // Linted as if it stood in the room that it names, where its import leads to the same file.
      const text = readFileSync(join(BAD, file), 'utf8').replace(/'(?:\.\.\/)+/, `'${'../'.repeat(file.split('/').length - 1)}`)
      const siblingOf = file === 'workers/guangxi/imports-sibling.ts' ? 'workers/guangxi/archive-transfer.ts' : file
      const [result] = await eslint.lintText(text, { filePath: resolve(siblingOf) })
      expect(result!.messages.map(message => message.ruleId), JSON.stringify(result!.messages)).to.include(rule)
    })
  }
})
