import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { placeName } from '../../../server/documents/papers/chinese.ts'
import { createRegionCatalogue } from '../../../server/regions/catalogue.ts'
import { countyName, placesBelow } from '../../../server/regions/places.ts'

const names = (code: string) => placesBelow(code).map(({ name }) => name)
const [guangxi, ningxia] = ['guangxi', 'ningxia'].map(slug => createRegionCatalogue().get(slug)) as [ReturnType<ReturnType<typeof createRegionCatalogue>['get']>, ReturnType<ReturnType<typeof createRegionCatalogue>['get']>]

describe('regions/places', () => {
  it('lead from the province to the village, each code below its parent', () => {
    expect(placesBelow('450000000000')).to.have.length(111)
    expect(placesBelow('450000000000')).to.deep.include({ code: '450103000000', name: '南宁市青秀区' })
    expect(placesBelow('450103000000')).to.deep.include({ code: '450103001000', name: '新竹街道' })
    const villages = placesBelow('450103001000')
    expect(villages.length).to.be.above(5)
    for (const { code } of villages) expect(code).to.match(/^450103001(?!000)\d{3}$/)
    expect(placesBelow(villages[0]!.code)).to.deep.equal([])
  })

  it('are whole: townships and villages of both regions, counties of every province of the mainland', () => {
    const count = (province: string) => {
      const townships = placesBelow(province).flatMap(({ code }) => placesBelow(code))
      return [townships.length, townships.flatMap(({ code }) => placesBelow(code)).length]
    }
    expect(count('450000000000')).to.deep.equal([1284, 16681])
    expect(count('640000000000')).to.deep.equal([259, 2912])
    expect(names('440000000000')).to.include('深圳市罗湖区')
    expect(names('440303000000'), 'our lists end at the county elsewhere').to.deep.equal([])
    expect(JSON.parse(readFileSync('core/counties.json', 'utf8'))).to.have.length(2978)
  })

  it('know each county that a region lists for its windows', () => {
    for (const { divisions } of [guangxi, ningxia]) {
      for (const { code } of divisions) if (!code.endsWith('00')) expect(countyName(code), code).to.not.equal('')
    }
  })

  it('are written out in an address, and by code where the lists end', () => {
    expect(placeName(guangxi, '450103001000')).to.equal('广西壮族自治区南宁市青秀区新竹街道')
    expect(placeName(guangxi, placesBelow('450103001000')[0]!.code)).to.match(/^广西壮族自治区南宁市青秀区新竹街道.+(社区|村)/)
    expect(placeName(guangxi, '440303000000')).to.equal('广东省深圳市罗湖区')
    expect(placeName(guangxi, '440303001001')).to.equal('广东省深圳市罗湖区（440303001001）')
    expect(placeName(guangxi, '450103999001')).to.equal('广西壮族自治区南宁市青秀区（450103999001）')
  })

  it('are nothing for a code of no place', () => {
    for (const code of ['990000000000', '000000000000']) expect(placesBelow(code)).to.deep.equal([])
  })
})
