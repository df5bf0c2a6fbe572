import { expect } from 'chai'
import { readdirSync, readFileSync } from 'node:fs'
import { speaking, toOurs, toTheirs } from '../../core/dialect.ts'
import type { Dialect } from '../../core/dialect.ts'
import type { MatterDeps } from '../../core/matter.ts'

const dialect: Dialect = {
  system: '某系统', kinds: { 'card-order': 'ZK01' },
  fields: { name: 'AAC003', sex: 'AAC004', changes: 'BG', item: 'BGX', enrolled: 'AAC031' },
  codes: { sex: { male: '1', female: '2' }, item: { mobile: 'TEL' }, enrolled: { true: '1', false: '0' } }
}

describe('dialect of a department', () => {
  it('renames fields and codes, within members and lists too, and leaves what it does not name', () => {
    expect(toTheirs(dialect, { name: 'a', sex: 'male', changes: [{ item: 'mobile', after: 'x' }], other: null }))
      .to.deep.equal({ AAC003: 'a', AAC004: '1', BG: [{ BGX: 'TEL', after: 'x' }], other: null })
  })

  it('turns the answer back, truth values as such', () => {
    expect(toOurs(dialect, { AAC031: '1', AAC004: '2', unknown: 3 })).to.deep.equal({ enrolled: true, sex: 'female', unknown: 3 })
  })

  it('is spoken for the kinds that it names alone', async () => {
    const calls: unknown[] = []
    const reply = { status: 'done', receipt: null, result: { AAC031: '0' }, reasons: [] } as const
    const answer = async (kind: string, body: object) => { calls.push([kind, body]); return reply }
    const deps: MatterDeps = { department: answer, ask: async () => null }
    expect((await speaking(dialect, deps).department('card-order', { sex: 'male' })).result).to.deep.equal({ enrolled: false })
    expect((await speaking(dialect, deps).department('parcel', { sex: 'male' })).result).to.deep.equal({ AAC031: '0' })
    expect(calls).to.deep.equal([['ZK01', { AAC004: '1' }], ['parcel', { sex: 'male' }]])
    expect(await speaking(dialect, deps).ask('card-order', {})).to.equal(null)
    expect(speaking(undefined, deps)).to.equal(deps)
  })
})

const tables = readdirSync('regions').flatMap(region => {
  const folder = `regions/${region}/departments`
  const names = readdirSync(`regions/${region}`).includes('departments') ? readdirSync(folder) : []
  return names.map(name => [`${folder}/${name}`, JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as Dialect] as const)
})

describe('tables of the departments\' own names', () => {
  for (const [file, { system, kinds, fields, codes }] of tables) {
    it(`${file} can be read both ways`, () => {
      expect(system).to.match(/\p{Script=Han}/u)
      for (const table of [kinds, fields, ...Object.values(codes)]) {
        expect(new Set(Object.values(table)).size).to.equal(Object.keys(table).length)
      }
      expect(Object.keys(fields)).to.include.members(Object.keys(codes))
    })
  }
})
