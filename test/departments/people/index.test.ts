import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { ageOn } from '../../../core/dates.ts'
import { checkIdNumber } from '../../../core/id-numbers.ts'
import { loadPeople, readPeople } from '../../../departments/people/index.ts'
import { withCheckDigit } from '../../support/people.ts'

/** The day these people were made for; they grow older, the test does not. */
const TODAY = '2026-11-23'
const HOME: Readonly<Record<string, string>> = { guangxi: '450103', ningxia: '640104' }

const { citizens, staff, byAccount, byIdNumber } = readPeople()
const guangxi = JSON.parse(readFileSync('regions/guangxi/region.json', 'utf8')) as { divisions: { code: string }[] }
const applicants = [...Array.from({ length: 9 }, (_, index) => `citizen-gx-${index + 1}`), ...Array.from({ length: 5 }, (_, index) => `citizen-nx-${index + 1}`)]

describe('the demo people', () => {
  for (const { account, person } of citizens) {
    it(`${account}: the number is right and agrees with birth date and sex`, () => {
      const check = checkIdNumber(person.idType, person.idNumber, TODAY)
      expect(check).to.include({ ok: true, number: person.idNumber })
      // Travel permits and passports tell neither.
      if (check.birthDate) expect(check.birthDate).to.equal(person.birthDate)
      if (check.sex) expect(check.sex).to.equal(person.sex)
      expect(person.mobile).to.match(/^1[3-9]\d{9}$/)
    })

    it(`${account}: lives in a division of the region`, () => {
      expect(person.residenceDivision).to.match(/^\d{12}$/)
      const codes = guangxi.divisions.map(({ code }) => code)
      if (person.residenceDivision.startsWith('45')) expect(codes).to.include(person.residenceDivision.slice(0, 6))
    })
  }

  for (const account of applicants) {
    it(`${account}: an adult of the home division in no insurance, without a card`, () => {
      const { person, records, region } = byAccount(account)!
      expect(ageOn(TODAY, person.birthDate)).to.be.within(22, 50)
      expect(person.householdDivision).to.match(new RegExp(`^${HOME[region]}`))
      expect(person.residenceDivision).to.equal(person.householdDivision)
      expect(records).to.deep.include({
        employmentStatus: 'flexible', student: false, employerInsured: false, employerInsurances: [], currentEnrolments: [],
        cardApplied: false, cardAppliedIn: []
      })
    })
  }

  it('are all different in account, number and mobile', () => {
    const everybody = loadPeople()
    expect(new Set(everybody.map(({ account }) => account)).size).to.equal(everybody.length)
    expect(new Set(citizens.map(({ person }) => person.idNumber)).size).to.equal(citizens.length)
    expect(new Set(citizens.map(({ person }) => person.mobile)).size).to.equal(citizens.length)
  })

  it('have a name with a rare character, and one with a middle dot', () => {
    const names = applicants.map(account => byAccount(account)!.person.name)
    expect(names.some(name => name.includes('䶮'))).to.equal(true)
    expect(names.some(name => name.includes('·'))).to.equal(true)
  })

  it('have a canary whose name, number and mobile nobody shares', () => {
    const { name, idNumber, mobile } = byAccount('citizen-gx-canary')!.person
    const text = JSON.stringify(citizens.filter(({ account }) => account !== 'citizen-gx-canary'))
    for (const part of [name, idNumber, mobile, idNumber.slice(6, 14)]) expect(text).to.not.include(part)
  })

  for (const [suffix, home, other, city] of [['gx', '450103', '450200', 'nanning'], ['nx', '640104', '640200', 'yinchuan']] as const) {
    it(`-${suffix}: have the staff of a region`, () => {
      const of = (account: string) => staff.find(one => one.account === account)
      for (const department of ['window', 'hrss', 'medical', 'tax']) {
        const roles = [department === 'window' ? 'window' : 'clerk']
        expect(of(`${department}-${suffix}`)).to.deep.include({ roles, department, division: home })
      }
      expect(of(`hrss-${suffix}2`)).to.include({ division: other })
      for (const account of [`designer-${suffix}`, `designer2-${suffix}`]) expect(of(account)?.roles).to.deep.equal(['designer'])
      expect(of(`supervisor-${suffix}`)).to.deep.include({ roles: ['supervisor'], division: null })
      expect(of(`supervisor-${suffix}-${city}`)?.division).to.equal(`${home.slice(0, 4)}00`)
      expect(of(`auditor-${suffix}`)?.roles).to.deep.equal(['auditor'])
    })
  }

  it('have one administrator of all', () => {
    expect(staff.find(({ account }) => account === 'admin')).to.deep.include({ roles: ['admin'], region: null, division: null })
  })

  it('are found by number, whatever its case', () => {
    const one = byAccount('citizen-gx-4')!
    expect(byIdNumber(one.person.idNumber.toLowerCase())).to.equal(one)
  })

  it('are joined by those of a folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'people-'))
    const person = (idNumber: string, isRegistered: boolean) => ({ ...byAccount('citizen-gx-1')!.person, idNumber, isRegistered })
    const [known, unknown] = [withCheckDigit('45010319900816901'), withCheckDigit('45010319900816903')]
    const entries = [['e2e-1', known, true], ['e2e-2', unknown, false]] as const
    await writeFile(join(folder, 'test.json'), JSON.stringify(entries.map(([account, idNumber, isRegistered]) =>
      ({ account, name: '测试', roles: ['citizen'], region: 'guangxi', person: person(idNumber, isRegistered) }))))
    const joined = readPeople(folder)
    expect(joined.byAccount('e2e-2')?.person).to.include({ idNumber: unknown }).and.not.have.property('isRegistered')
    expect(joined.byIdNumber(known)?.account).to.equal('e2e-1')
    expect(joined.byIdNumber(unknown)).to.equal(undefined)
    await rm(folder, { recursive: true })
  })

  it('get further staff, and groups, from a folder while they are in use', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'people-'))
    const { staffByAccount, staff: known } = readPeople(folder)
    expect(staffByAccount('village-gx')).to.equal(undefined)
    const clerk = { account: 'village-gx', name: '覃村', roles: ['clerk'], region: 'guangxi', department: 'village', division: '450103' }
    await writeFile(join(folder, 'staff.json'), JSON.stringify([clerk]))
    expect(staffByAccount('village-gx')).to.deep.equal(clerk)
    expect(staffByAccount('hrss-gx')).to.equal(known.find(({ account }) => account === 'hrss-gx'))
    await rm(folder, { recursive: true })
  })

  it('are joined by those that a region brings in its own folder', async () => {
    const root = await mkdtemp(join(tmpdir(), 'root-'))
    await mkdir(join(root, 'regions', 'somewhere'), { recursive: true })
    const idNumber = withCheckDigit('45010319900816905')
    const newcomer = { account: 'citizen-somewhere-1', region: 'somewhere', person: { ...byAccount('citizen-gx-1')!.person, idNumber } }
    const clerk = { account: 'hrss-somewhere', name: '测试', roles: ['clerk'], region: 'somewhere', department: 'hrss', division: null }
    await writeFile(join(root, 'regions', 'somewhere', 'people.json'), JSON.stringify([newcomer]))
    await writeFile(join(root, 'regions', 'somewhere', 'staff.json'), JSON.stringify([clerk]))
    const joined = readPeople(undefined, root)
    expect(joined.byIdNumber(idNumber)?.account).to.equal('citizen-somewhere-1')
    expect(joined.staff.filter(({ region }) => region === 'somewhere')).to.deep.equal([clerk])
    expect(staff.map(({ account }) => account)).to.not.include(clerk.account)
    await rm(root, { recursive: true })
  })
})
