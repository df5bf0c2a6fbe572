import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import { createRegionCatalogue } from '../../../../server/regions/catalogue.ts'
import type { PaperScope } from '../../../../server/services/papers/paper-scope.ts'
import { rejectedNotices } from '../../../../server/services/papers/refusal-notices.ts'
import { resultNotices } from '../../../../server/services/papers/result-notices.ts'

const regions = createRegionCatalogue()
const WORDS = { guangxi: ['予以核定', '不予核定'], ningxia: ['予以办理', '不予办理'] } as const

/** A case of one item as far as a notice about it reads. */
function scopeOf(slug: keyof typeof WORDS, outcome: string): PaperScope {
  const item = { id: 'i', slug: 'archive-transfer', department: 'hrss', outcome, decided_at: 0, updated_at: 0, receipt_number: null, receipt_issued_at: null }
  const application = { number: 'N' }
  return { region: regions.get(slug), application, content: { common: {} }, items: [item], rows: [], reasons: new Map() } as unknown as PaperScope
}

for (const [slug, [approved, rejected]] of Object.entries(WORDS) as [keyof typeof WORDS, readonly [string, string]][]) {
  describe(`notices of ${slug}`, () => {
    it(`refuse in the region's own word: ${rejected}`, () => {
      const [notice] = rejectedNotices(scopeOf(slug, 'rejected'))
      expect(notice!.title).to.equal(`${rejected}告知书`)
      expect(JSON.stringify(notice!.blocks())).to.contain(`不符合办理条件，决定${rejected}。`)
    })

    it(`approve in the region's own word: ${approved}`, () => {
      expect(JSON.stringify(resultNotices(scopeOf(slug, 'approved'))[0]!.blocks())).to.contain(`"${approved}"`)
    })

    it('say what the decisions of the models say', () => {
      const models = readdirSync(`processes/${slug}`).filter(file => file.endsWith('.bpmn'))
      const labels = models.flatMap(file => [...readFileSync(`processes/${slug}/${file}`, 'utf8').matchAll(/,reject=([^,"]+)/g)].map(([, label]) => label))
      expect(new Set(labels)).to.deep.equal(new Set([rejected]))
    })
  })
}
