import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import { retentionKinds } from '../../core/retention.ts'
import type { Retention } from '../../core/retention.ts'

const files = [...readdirSync('regions').sort().map(region => `regions/${region}/retention.json`), 'scripts/templates/region/regions/retention.json']

for (const file of files) {
  describe(file, () => {
    const { note, isAutomatic, days } = JSON.parse(readFileSync(file, 'utf8')) as Retention

    it('sets a period of at least a month, or none, for each kind', () => {
      expect(Object.keys(days)).to.have.members([...retentionKinds])
      for (const [kind, period] of Object.entries(days)) if (period !== null) expect(period, kind).to.be.at.least(30)
    })

    it('erases nothing without two persons as long as nobody has confirmed the periods', () => {
      expect(isAutomatic).to.equal(false)
      expect(note).to.contain('未经主管部门确认')
    })

    it('keeps papers no longer than the form that they belong to', () => {
      expect(days.materials ?? Infinity).to.be.at.most(days.forms ?? Infinity)
    })
  })
}
