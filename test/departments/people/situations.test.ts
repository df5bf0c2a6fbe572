import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { impersonalFacts } from '../../../core/facts.ts'
import type { RawFacts } from '../../../core/facts.ts'
import { readPeople } from '../../../departments/people/index.ts'
import type { DemoPerson, Licence } from '../../../departments/people/index.ts'

const TODAY = '2026-11-23'
const { citizens, byIdNumber } = readPeople()
const guangxi = citizens.filter(({ region }) => region === 'guangxi')
const vocabulary = JSON.parse(readFileSync('forms/vocabulary.schema.json', 'utf8')) as {
  $defs: { specialGroup: { oneOf: { const: string; title: string }[] } }
}
const entries = ['guangxi', 'ningxia'].flatMap(name =>
  JSON.parse(readFileSync(`regions/${name}/people.json`, 'utf8')) as { account: string; situation?: string }[])
const accountOf = (one: DemoPerson) => one.account
const situationOf = (account: string) => entries.find(one => one.account === account)?.situation ?? ''

/** The facts of a person as an application would have them. */
function factsOf({ person, records }: DemoPerson) {
  const { birthDate, sex, idType, householdDivision, residenceDivision } = person
  const { employmentStatus, student, employerInsured, employerInsurances, currentEnrolments, cardApplied, cardAppliedIn } = records
  const raw = {
    birthDate, sex, idType, householdDivision, residenceDivision, employmentStatus, isStudent: student, isEmployerInsured: employerInsured,
    employerInsurances, currentEnrolments, hasAppliedForCard: cardApplied, cardAppliedIn
  } as RawFacts
  return { ...impersonalFacts(raw, TODAY, { code: '450000' }), age: Number(TODAY.slice(0, 4)) - Number(birthDate.slice(0, 4)) }
}

const holds = ({ records }: DemoPerson, type: string, level?: string) =>
  records.licences.some((one: Licence) => one.type === type && (level === undefined || one.level === level))
const isIn = ({ records }: DemoPerson, ...enrolments: string[]) =>
  [...records.currentEnrolments].sort().join() === enrolments.sort().join()

/** What the notice tells apart (办事指南四、五; 附件2), and who of the people is in it. */
const SITUATIONS: Readonly<Record<string, (one: DemoPerson) => boolean>> = {
  '未满16周岁': one => factsOf(one).isAtLeast16 === 'no',
  '刚满16周岁': one => factsOf(one).isAtLeast16 === 'yes' && factsOf(one).age === 16,
  '在校学生，已满16周岁': one => factsOf(one).isStudent === 'yes' && factsOf(one).isAtLeast16 === 'yes',
  '未就业': one => factsOf(one).employmentStatus === 'unemployed' && factsOf(one).isStudent === 'no',
  '用人单位参保': one => factsOf(one).isEmployerInsured === 'yes',
  '只参加工伤保险': one => one.records.employerInsurances.join() === 'work-injury',
  '机关事业单位': one => isIn(one, 'institution-pension', 'institution-medical'),
  '已退休': one => one.records.retirement.isRetired,
  '男，满60周岁，未到延迟退休年龄': one => factsOf(one).sex === 'male' && factsOf(one).age === 60 && factsOf(one).isBelowRetirementAge === 'yes',
  '男，已过延迟退休年龄，未领养老金': one =>
    factsOf(one).sex === 'male' && factsOf(one).isBelowRetirementAge === 'no' && !one.records.retirement.isRetired,
  '女，满50周岁，未到延迟退休年龄': one => factsOf(one).sex === 'female' && factsOf(one).age === 50 && factsOf(one).isBelowRetirementAge === 'yes',
  '女，50至55周岁，须人工判断': one => factsOf(one).age < 55 && factsOf(one).isBelowRetirementAge === 'depends',
  '女，55至58周岁，须人工判断': one => factsOf(one).age >= 55 && factsOf(one).isBelowRetirementAge === 'depends',
  '女，已过延迟退休年龄': one => factsOf(one).sex === 'female' && factsOf(one).isBelowRetirementAge === 'no',
  '广西户籍，住户籍地': one => factsOf(one).household === 'region' && factsOf(one).livesAtHousehold === 'yes',
  '广西户籍，区内异地居住，有居住证': one => livesAway(one, 'region') && holds(one, 'residence-permit'),
  '广西户籍，区内异地居住，无居住证': one => livesAway(one, 'region') && !holds(one, 'residence-permit'),
  '外省户籍，有居住证': one => livesAway(one, 'other') && holds(one, 'residence-permit'),
  '外省户籍，无居住证': one => livesAway(one, 'other') && !holds(one, 'residence-permit'),
  '广西户籍，住外省': one => factsOf(one).household === 'region' && factsOf(one).residence === 'other',
  '香港居民，有居住证': one => one.person.idNumber.startsWith('810000'),
  '澳门居民，有居住证，未就业': one => one.person.idNumber.startsWith('820000') && factsOf(one).employmentStatus === 'unemployed',
  '台湾居民，有居住证，未就业': one => one.person.idNumber.startsWith('830000') && factsOf(one).employmentStatus === 'unemployed',
  '港澳居民，无居住证': one => one.person.idType === 'hm-travel-permit',
  '台湾居民，无居住证': one => one.person.idType === 'tw-travel-permit',
  '外国人，有永久居留证和住宿登记表': one => factsOf(one).household === 'foreign' && holds(one, 'overseas-lodging-registration'),
  '外国人，有永久居留证，无住宿登记表': one => factsOf(one).household === 'foreign' && holds(one, 'foreign-permanent-residence') &&
    !holds(one, 'overseas-lodging-registration'),
  '外国人，持护照': one => one.person.idType === 'passport',
  '参加城乡居民养老': one => isIn(one, 'resident-pension'),
  '参加职工养老（灵活就业）': one => isIn(one, 'employee-pension'),
  '参加城乡居民医保': one => isIn(one, 'resident-medical') && factsOf(one).isStudent === 'no',
  '参加职工医保（灵活就业）': one => isIn(one, 'employee-medical') && !one.records.retirement.isRetired,
  '参加居民养老和居民医保': one => isIn(one, 'resident-pension', 'resident-medical'),
  '参加职工养老和职工医保（灵活就业）': one => isIn(one, 'employee-pension', 'employee-medical') && !one.records.employerInsured,
  '从未申领社会保障卡': one => factsOf(one).hasAppliedForCard === 'no',
  '在广西申领过社会保障卡': one => factsOf(one).hasAppliedForRegionCard === 'yes',
  '在外省申领过社会保障卡': one => factsOf(one).hasAppliedForCard === 'yes' && factsOf(one).hasAppliedForRegionCard === 'no',
  '姓名已变更': one => one.records.registeredName !== undefined,
  '公民身份号码已更正': one => one.account.endsWith('-renumbered') && byIdNumber(one.person.idNumber) === undefined,
  '档案未能转出': one => one.records.isArchiveHeld,
  '缴费账户余额不足': one => one.records.debitFails,
  '一级残疾': one => holds(one, 'disability', '一级'),
  '二级残疾': one => holds(one, 'disability', '二级'),
  '残疾但不属于重度': one => holds(one, 'disability', '三级') && !holds(one, 'minimum-living-allowance'),
  '无雇工的个体工商户': said('无雇工的个体工商户'),
  '非全日制从业人员': said('非全日制从业人员'),
  '未就业的高校毕业生': said('高校毕业生'),
  '原机关公务员': said('原机关公务员'),
  '职工医保欠缴三个月以上': one => said('欠缴三个月以上')(one) && isIn(one)
}

/** What a register shows of the special groups of 附件2; of the others it shows nothing, and a person looks at their papers. */
const GROUPS: Readonly<Record<string, (one: DemoPerson) => boolean>> = {
  'returned-to-poverty': one => holds(one, 'poverty-return-monitoring'),
  'severely-disabled': one => holds(one, 'disability', '一级') || holds(one, 'disability', '二级'),
  'low-income-disabled': one => holds(one, 'disability') && holds(one, 'minimum-living-allowance'),
  'extreme-poverty': one => holds(one, 'extreme-poverty-support'),
  'subsistence-allowance': one => holds(one, 'minimum-living-allowance') && !holds(one, 'disability')
}

function livesAway(one: DemoPerson, household: string): boolean {
  const facts = factsOf(one)
  return facts.household === household && facts.residence === 'region' && facts.livesAtHousehold === 'no'
}

function said(text: string): (one: DemoPerson) => boolean {
  return one => situationOf(one.account).includes(text)
}

describe('the demo people stand for every situation of the notice', () => {
  it('are at least sixty, and each says in its account or its words what it stands for', () => {
    expect(citizens.length).to.be.at.least(60)
    for (const { account, situation } of entries) {
      expect(account).to.match(/^citizen-(gx|nx)-[a-z0-9-]+$/)
      if (situation !== undefined) expect(situation, account).to.match(/^[\p{Script=Han}，、；：（）\d]+$/u)
    }
  })

  for (const [title, isMet] of Object.entries(SITUATIONS)) {
    it(title, () => expect(guangxi.filter(isMet).map(accountOf)).to.not.deep.equal([]))
  }

  for (const { const: group, title } of vocabulary.$defs.specialGroup.oneOf) {
    it(`特殊参保群体：${title}`, () => expect(guangxi.filter(GROUPS[group] ?? said(title)).map(accountOf)).to.not.deep.equal([]))
  }
})
