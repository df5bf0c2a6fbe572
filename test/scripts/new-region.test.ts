import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Region } from '../../core/region.ts'
import { newMatter } from '../../scripts/templates/matter.ts'
import { newRegion } from '../../scripts/templates/region.ts'
import { copyRepository } from '../support/repository-copy.ts'
import type { RepositoryCopy } from '../support/repository-copy.ts'

const SUITES = ['test/regions/*.test.ts', 'test/forms/*.test.ts', 'test/docs/*.test.ts', 'test/departments/people/*.test.ts']

describe('npm run new:region and new:matter', () => {
  let copy: RepositoryCopy
  const region = (slug: string) => JSON.parse(readFileSync(join(copy.root, 'regions', slug, 'region.json'), 'utf8')) as Region

  before(() => { copy = copyRepository() })
  after(() => copy.remove())

  it('write a region that the tests of regions find complete, and print what people have to do next', async function () {
    this.timeout(120_000)
    const { code, output } = await copy.script('scripts/new-region.ts', 'shuzhou', '--name', '蜀州省', '--code', '510000')
    expect(code, output).to.equal(0)
    for (const words of ['法务', '设计', 'regions/shuzhou/notice.txt', 'npm run demo -- shuzhou']) expect(output).to.contain(words)
    const more = await copy.script('scripts/new-matter.ts', 'shuzhou/training-subsidy', '--title', '技能培训补贴申领', '--department', 'tax')
    expect(more.code, more.output).to.equal(0)
    expect(more.output).to.contain('workers/shuzhou/training-subsidy.ts').and.contain('deadline-training-subsidy')
    expect(region('shuzhou')).to.deep.include({ slug: 'shuzhou', name: '蜀州省', code: '510000' })
    expect(region('shuzhou').matters.map(({ slug, no }) => [slug, no]))
      .to.deep.equal([['employment-registration', '01'], ['training-subsidy', '02']])

    const tested = await copy.command('mocha', ...SUITES, '--grep', 'shuzhou')
    expect(tested.output).to.match(/[1-9]\d+ passed, 0 failed/)
    for (const suite of ['region shuzhou is complete', 'the diagrams of shuzhou', 'decision tables of shuzhou',
      'fixtures of shuzhou', 'questionnaire of shuzhou', 'steps of shuzhou', 'clauses of shuzhou']) expect(tested.output).to.contain(suite)
  })

  it('let the completeness test see at once what is missing in one of the new folders', async function () {
    this.timeout(60_000)
    await copy.script('scripts/new-region.ts', 'beizhou')
    copy.edit('processes/beizhou/deadlines.dmn', xml =>
      xml.replace('<text>"employment-registration"</text></inputEntry>', '<text>"other"</text></inputEntry>'))
    const { output } = await copy.command('mocha', 'test/regions/complete.test.ts', '--grep', 'beizhou')
    expect(output).to.match(/\b[1-9]\d* failed/).and.contain('deadlines.dmn')
  })

  it('add a matter to the regions that are there', async function () {
    this.timeout(60_000)
    for (const slug of ['guangxi', 'ningxia']) {
      const before = region(slug).matters.length
      const { code, output } = await copy.script('scripts/new-matter.ts', `${slug}/job-referral`, '--title', '职业介绍登记')
      expect(code, output).to.equal(0)
      expect(region(slug).matters).to.have.length(before + 1)
    }
    const suites = ['complete', 'bpmn', 'dmn'].map(name => `test/regions/${name}.test.ts`)
    const { output } = await copy.command('mocha', ...suites, '--grep', 'guangxi|ningxia')
    expect(output).to.contain('0 failed')
  })

  const aRegion = { slug: 'xinzhou', name: '新州', matter: { slug: 'training', title: '技能培训', department: 'hrss' } }
  const aMatter = { region: 'guangxi', slug: 'training', title: '技能培训', department: 'hrss' }
  const REFUSED: readonly (readonly [what: string, make: (root: string) => unknown, says: string])[] = [
    ['a region that exists', root => newRegion(root, { ...aRegion, slug: 'guangxi' }), '地区“guangxi”已经存在'],
    ['a malformed region', root => newRegion(root, { ...aRegion, slug: 'Xin-Zhou' }), '地区代号“Xin-Zhou”不合规则'],
    ['a region named as a shared folder', root => newRegion(root, { ...aRegion, slug: 'common' }), '另有用途'],
    ['a malformed code', root => newRegion(root, { ...aRegion, code: '4300' }), '没有行政区划代码为“4300”的省份'],
    ['the code of another region', root => newRegion(root, { ...aRegion, code: '450000' }), '已由另一个地区使用'],
    ['a name without Chinese', root => newRegion(root, { ...aRegion, name: 'New' }), '地区名称“New”不合规则'],
    ['a malformed first matter', root => newRegion(root, { ...aRegion, matter: { ...aRegion.matter, slug: 'First' } }), '事项代号“First”不合规则'],
    ['a matter that exists', root => newMatter(root, { ...aMatter, slug: 'contribution' }), '事项“guangxi/contribution”已经存在'],
    ['a malformed matter', root => newMatter(root, { ...aMatter, slug: 'Job_Referral' }), '事项代号“Job_Referral”不合规则'],
    ['a matter named as a shared file', root => newMatter(root, { ...aMatter, slug: 'enrolment' }), '另有用途'],
    ['a matter of an unknown region', root => newMatter(root, { ...aMatter, region: 'xinzhou' }), '没有地区“xinzhou”'],
    ['a matter of an unknown department', root => newMatter(root, { ...aMatter, department: 'police' }), '没有部门“police”']
  ]
  for (const [what, make, says] of REFUSED) {
    it(`refuse ${what} and write nothing`, () => {
      expect(() => make(copy.root)).to.throw(says)
      expect(['processes', 'forms', 'workers', 'regions'].filter(room => existsSync(join(copy.root, room, 'xinzhou')))).to.deep.equal([])
      expect(existsSync(join(copy.root, 'workers/guangxi/training.ts'))).to.equal(false)
    })
  }

  for (const [file, ...args] of [['region'], ['region', 'xinzhou', '--colour', 'red'], ['matter', 'training'], ['region', 'guangxi']] as const) {
    it(`tell in one Chinese line what is wrong with new:${[file, ...args].join(' ')}`, async () => {
      const { code, output } = await copy.script(`scripts/new-${file}.ts`, ...args)
      expect(code).to.equal(1)
      expect(output).to.match(/^(用法：npm run new:|地区“guangxi”已经存在)[^\n]*\n$/)
    })
  }
})
