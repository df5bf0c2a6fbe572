import { expect } from 'chai'
import { placeName, chineseDate } from '../../../../server/documents/papers/chinese.ts'
import { formBlocks, sectionTitle } from '../../../../server/documents/papers/form-blocks.ts'
import type { Block, Cell } from '../../../../server/documents/papers/paper.ts'
import { createRegionCatalogue } from '../../../../server/regions/catalogue.ts'

const regions = createRegionCatalogue()
const region = regions.get('guangxi')
const example = (slug: string) => structuredClone((regions.form('guangxi', slug).schema.examples as Record<string, unknown>[])[0]!)
const blocksOf = (slug: string, value: unknown): Block[] => {
  const part = regions.form('guangxi', slug)
  return formBlocks(region, part, value, sectionTitle(part))
}
const fieldsOf = (blocks: readonly Block[]) => blocks.flatMap(block => block.kind === 'fields' ? block.fields : [])
const cellsOf = (blocks: readonly Block[]): Map<string, Cell> => new Map(fieldsOf(blocks).map(({ label, cell }) => [label, cell]))
const chosen = (cell: Cell | undefined): string[] =>
  typeof cell === 'object' && 'choices' in cell ? cell.choices.filter(({ isChosen }) => isChosen).map(({ label }) => label) : []

describe('documents/papers/form-blocks', () => {
  it('heads each section with the words of 附件2', () => {
    const titles = region.matters.map(({ slug }) => sectionTitle(regions.form('guangxi', slug)))
    expect(titles).to.include('以下信息勾选社会保障卡申领填写')
    for (const title of titles) expect(title).to.match(/^以下信息勾选.+填写/)
  })

  it('prints every field of every matter that 附件2 has, whether filled in or not', () => {
    for (const { slug } of region.matters) {
      const { schema, ui } = regions.form('guangxi', slug)
      const printed = JSON.stringify(blocksOf(slug, {}))
      const totals = ((schema['x-sum'] ?? []) as { total: string }[]).map(({ total }) => total)
      for (const [key, property] of Object.entries(schema.properties as Record<string, Record<string, unknown>>)) {
        if (totals.includes(key)) continue // stands in the row 合计
        const columns = (property.items as { properties?: Record<string, Record<string, unknown>> } | undefined)?.properties
        for (const one of columns ? Object.values(columns) : [property]) {
          if (!('x-extra' in one)) expect(printed, slug).to.contain(String(one.title))
        }
      }
      for (const line of (ui.notices ?? []) as string[]) expect(printed, slug).to.contain(JSON.stringify(line).slice(1, -1))
    }
  })

  it('turns codes into names, ticks boxes, writes dates, places and yuan as people do', () => {
    const archive = cellsOf(blocksOf('archive-transfer', example('archive-transfer')))
    expect(archive.get('婚姻情况')).to.equal('已婚')
    expect(chosen(archive.get('是否毕业生'))).to.deep.equal(['否'])
    expect(chosen(archive.get('档案接转原因'))).to.deep.equal(['解除/终止劳动关系'])
    expect(archive.get('户口所在地')).to.equal('广西壮族自治区南宁市青秀区新竹街道（450103001001）')
    const pension = cellsOf(blocksOf('resident-pension', {
      ...example('resident-pension'), paymentTier: 'local', localTierFen: 123456, specialGroups: ['village-cadre', 'reservoir-migrant']
    }))
    expect(pension.get('参保登记时间')).to.equal('2026年4月20日')
    expect(pension.get('统筹区增设档次')).to.equal('1,234.56元')
    expect(chosen(pension.get('特殊参保群体'))).to.deep.equal(['村干部', '库区移民'])
    const [, education] = blocksOf('archive-transfer', example('archive-transfer'))
    expect(education).to.deep.include({
      kind: 'grid', title: '学历情况', columns: ['序号', '学历', '学历性质', '毕业时间', '毕业学校', '专业类别', '专业'],
      rows: [['1', '大学专科毕业', '全日制', '2012年6月', '广西示例职业技术学院', '管理学', '会计']]
    })
  })

  it('has the columns of the tax form in their order, and further ones only where something stands in them', () => {
    const grid = (rows: unknown[]) => blocksOf('contribution', { rows }).find(block => block.kind === 'grid') as Extract<Block, { kind: 'grid' }>
    const columns = ['序号', '社会保险编码', '参保费种', '征收品目', '征收子目', '费款所属期起', '费款所属期止', '缴费档次金额（城乡居民）', '缴费基数（职工）', '应缴费额', '实缴费额']
    expect(grid([]).columns).to.deep.equal(columns)
    expect(grid([]).rows).to.deep.equal([columns.map(() => '')])
    expect(grid([]).total).to.deep.equal(['合计', ...columns.slice(1, -2).map(() => '——'), '', ''])
    const summed = blocksOf('contribution', { rows: [], totalDueFen: 81080 }).find(block => block.kind === 'grid')
    expect(summed?.kind === 'grid' && summed.total?.slice(-2)).to.deep.equal(['810.80', ''])
    const assessed = grid([{ insurance: 'flexible-pension', base: 405400, rateBasisPoints: 2000, dueFen: 81080 }])
    expect(assessed.columns).to.include('费率')
    expect(assessed.rows[0]).to.deep.equal(['1', '', '灵活就业人员基本养老保险', '', '', '', '', '', '4,054.00', '20%', '810.80', ''])
  })

  it('leaves out what 附件2 does not print and nobody filled in', () => {
    const labels = (method: unknown) => JSON.stringify(blocksOf('flexible-pension', { delivery: { method } }))
    expect(labels('online')).to.contain('线上反馈').and.not.to.contain('收件地址')
    expect(JSON.stringify(blocksOf('flexible-pension', { delivery: { method: 'mail', address: '新竹路12号' } }))).to.contain('新竹路12号')
  })

  it('bears whatever a draft may hold', () => {
    const junk = { registeredOn: 5, paymentTier: { a: 1 }, specialGroups: 'none', formerRuralPension: [1], otherPension: null, delivery: 'x' }
    expect(fieldsOf(blocksOf('resident-pension', junk)).length).to.be.greaterThan(5)
    const long = cellsOf(blocksOf('archive-transfer', { archiveFrom: '长'.repeat(1_000_000), education: Array.from({ length: 10_000 }, () => 7) }))
    expect((long.get('档案计划从') as string).length).to.be.lessThan(300)
    const grid = blocksOf('archive-transfer', { education: Array.from({ length: 10_000 }, () => ({})) }).find(block => block.kind === 'grid')
    expect(grid?.kind === 'grid' && grid.rows.length).to.equal(50)
  })

  it('names places as far as the lists go', () => {
    expect(placeName(region, '450103')).to.equal('广西壮族自治区南宁市青秀区')
    expect(placeName(region, '450103000000')).to.equal('广西壮族自治区南宁市青秀区')
    expect(placeName(region, '450199001001')).to.equal('广西壮族自治区南宁市（450199001001）')
    expect(placeName(region, '450103001005')).to.equal('广西壮族自治区南宁市青秀区新竹街道新竹社区居委会')
    expect(placeName(region, '110101001001')).to.equal('北京市东城区（110101001001）')
    expect(placeName(region, '999999001001')).to.equal('999999001001')
    expect([chineseDate('2026-03-04'), chineseDate('2026-03'), chineseDate('soon')]).to.deep.equal(['2026年3月4日', '2026年3月', 'soon'])
  })
})
