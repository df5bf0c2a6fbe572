import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import { actionLevels } from '../../core/supervision.ts'
import type { Supervision } from '../../core/supervision.ts'

const FILLED = ['subject', 'cause', 'deadline']
const read = (path: string): Supervision => JSON.parse(readFileSync(path, 'utf8')) as Supervision
const files = [...readdirSync('regions').sort().map(region => `regions/${region}/supervision.json`), 'scripts/templates/region/regions/supervision.json']

for (const file of files) {
  describe(file, () => {
    const { note, rungs, proposals } = read(file)
    const levels = rungs.map(({ level }) => level)

    it('names known levels once each, with more days to answer than none', () => {
      for (const { level, workingDays } of rungs) {
        expect(actionLevels).to.include(level)
        expect(workingDays, level).to.be.within(1, 60)
      }
      expect(new Set(levels).size).to.equal(levels.length)
    })

    it('has Chinese words that fill nothing but what there is, and say until when', () => {
      for (const { title, template } of rungs) {
        expect(title).to.match(/^[\u4e00-\u9fff]{2,6}$/)
        const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
        expect(FILLED).to.include.members(names)
        expect(names).to.include('deadline')
        expect(template.replace(/\{\w+\}/g, '')).to.match(/。$/).and.not.match(/[A-Za-z]/)
      }
    })

    it('asks for proof of a 整改, begins proposals at a rung of its own, and says what it rests on', () => {
      expect(rungs.find(({ level }) => level === 'rectify')?.needsProof).to.equal(true)
      for (const level of Object.values(proposals)) expect(levels).to.include(level)
      expect(note).to.contain('未经主管部门确认')
    })
  })
}

describe('supervision of the regions', () => {
  it('hangs a plate in one and not in the other, by their files alone', () => {
    const plates = ['guangxi', 'ningxia'].map(region => read(`regions/${region}/supervision.json`).rungs.some(({ level }) => level === 'plate'))
    expect(plates).to.deep.equal([true, false])
  })
})
