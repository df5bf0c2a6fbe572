import { readdirSync } from 'node:fs'
import { expect } from 'chai'
import { lintModel } from '../../../server/lint/index.ts'
import { rules } from '../../../server/lint/rules/index.ts'
import { contextOf, readFile } from '../../regions/bpmn-model.ts'

const TABLE_RULES = ['table-identity', 'table-rows', 'table-clauses', 'table-values', 'gap', 'overlap']

/** A page of docs/lint: where its example is from, the right and the wrong way. */
function readPage(rule: string): { file: string; right: string; wrong: string } {
  const [, file, right, wrong] = /例取自 `([^`]+)`[^]*?```xml\n([^]*?)\n```[^]*?```xml\n([^]*?)\n```/.exec(readFile(`docs/lint/${rule}.md`)) ?? []
  return { file: file!, right: right!, wrong: wrong! }
}

describe('lint/rules', () => {
  const all = [...Object.keys(rules), ...TABLE_RULES]

  it('have a page each, and no page is without a rule', () => {
    expect(readdirSync('docs/lint').map(name => name.replace('.md', '')).filter(name => name !== 'README')).to.have.members(all)
    for (const rule of all) expect(readFile('docs/lint/README.md')).to.include(`[${rule}](${rule}.md)`)
  })

  for (const rule of all) {
    it(`${rule}: reports the wrong example of its page and names the element`, async () => {
      const { file, right, wrong } = readPage(rule)
      const [, region, slug, ending] = /^processes\/(\w+)\/([\w-]+)\.(\w+)$/.exec(file)!
      const changed = readFile(file).replace(right, wrong)
      expect(changed).to.not.equal(readFile(file))
      const found = (await lintModel(ending === 'bpmn' ? 'process' : 'decision', contextOf(region!, slug!), changed)).filter(one => one.rule === rule)
      expect(found).to.not.be.empty
      for (const { element, message } of found) expect(message).to.include(element ?? '').and.match(/\p{Script=Han}/u)
    })
  }
})
