import { expect } from 'chai'
import { checkForm, normaliseContent } from '../../../../server/services/forms/form-check.ts'
import type { FormCheckOptions } from '../../../../server/services/forms/form-check.ts'
import { exampleContent, exampleOf, formContext, merge } from '../../../forms/support.ts'

const check = (content: object, matters: string[] = ['flexible-pension'], options: FormCheckOptions = {}) =>
  checkForm(formContext, 'guangxi', normaliseContent(content), matters, options)

const withPerson = (person: object, matters = ['flexible-pension']) =>
  merge(exampleContent(matters), { common: { person } }) as object

const withItem = (slug: string, item: object) => merge(exampleContent([slug]), { items: { [slug]: item } }) as object

/** The one problem that a change of the example person brings. */
function problemOf(person: object) {
  const problems = check(withPerson(person))
  expect(problems).to.have.length(1)
  return problems[0]!
}

describe('checkForm: the person', () => {
  it('names the missing field', () => {
    expect(problemOf({ householdDivision: null })).to.deep.equal(
      { path: '/common/person/householdDivision', code: 'FIELD_REQUIRED', message: '请填写户籍地址' })
    expect(problemOf({ sex: null })).to.deep.equal(
      { path: '/common/person/sex', code: 'FIELD_REQUIRED', message: '请选择性别' })
    expect(problemOf({ name: '  ' }).message).to.equal('请填写姓名')
  })

  it('holds the number against its check digit, and sex and date of birth against the number', () => {
    expect(problemOf({ idNumber: '450103199003070021' })).to.include(
      { path: '/common/person/idNumber', code: 'ID_NUMBER_CHECK_DIGIT' })
    expect(problemOf({ sex: 'male' })).to.deep.equal(
      { path: '/common/person/sex', code: 'SEX_MISMATCH', message: '性别与身份证号码不一致' })
    expect(problemOf({ birthDate: '1990-03-08' })).to.deep.equal(
      { path: '/common/person/birthDate', code: 'BIRTH_DATE_MISMATCH', message: '出生日期与身份证号码不一致' })
  })

  it('names a date that no calendar has', () => {
    const problems = check(withPerson({ birthDate: '2024-02-30' }))
    expect(problems[0]).to.include({ path: '/common/person/birthDate', code: 'DATE_INVALID' })
    expect(problems[0]!.message).to.include('“2024-02-30”不是有效日期')
  })

  it('refuses a date of birth that lies ahead', () => {
    const passport = { idType: 'passport', idNumber: 'E12345678', birthDate: '2026-04-21' }
    expect(problemOf(passport)).to.include({ code: 'DATE_IN_FUTURE', message: '出生年月日不能晚于今天' })
  })

  it('takes full-width digits, a small x, +86 and spaces as what they mean', () => {
    const content = withPerson({
      name: ' 阿依古丽•买买提 ', mobile: '+86 138-7710 0001', postalCode: '５３００２２',
      idNumber: '１１０１０５１９４９１２３１００２ｘ', birthDate: '1949-12-31', sex: 'female'
    })
    expect(check(content)).to.deep.equal([])
    const { common } = normaliseContent(content) as { common: { person: Record<string, string> } }
    expect(common.person).to.include(
      { name: '阿依古丽·买买提', mobile: '13877100001', postalCode: '530022', idNumber: '11010519491231002X' })
  })

  for (const name of ['欧阳娜娜·买买提', '䶮', '𬭊元', '李〇', 'Anne-Marie O\'Neil', '韦·A·B']) {
    it(`accepts the name ${name}`, () => expect(check(withPerson({ name }))).to.deep.equal([]))
  }

  for (const [name, code] of [['张😀', 'CHARACTER_NOT_ALLOWED'], ['张3', 'FIELD_FORMAT'], ['张\u0000三', 'FIELD_FORMAT'],
    ['·张', 'FIELD_FORMAT'], ['张'.repeat(51), 'FIELD_TOO_LONG']] as const) {
    it(`refuses the name ${JSON.stringify(name.slice(0, 5))} as ${code}`, () => {
      expect(problemOf({ name })).to.include({ path: '/common/person/name', code })
    })
  }

  it('answers a text of a megabyte quickly and without repeating it', () => {
    const started = performance.now()
    const problems = check(withPerson({ name: '张'.repeat(1_000_000), residenceAddress: '1'.repeat(1_000_000) }))
    expect(problems.map(({ code }) => code)).to.deep.equal(['FIELD_TOO_LONG', 'FIELD_TOO_LONG'])
    expect(JSON.stringify(problems)).to.have.length.below(500)
    expect(performance.now() - started).to.be.below(2000)
  })

  it('asks nationality and household only of people who have one', () => {
    const permit = { idType: 'hmt-residence-permit', idNumber: '830000199201300022', birthDate: '1992-01-30', sex: 'female' }
    expect(check(withPerson({ ...permit, ethnicity: null, householdDivision: null, householdAddress: null }))).to.deep.equal([])
  })

  it('takes whoever belongs to none of the fifty-six nationalities, and a change to what the register writes', () => {
    for (const ethnicity of ['97', '98']) expect(check(withPerson({ ethnicity })), ethnicity).to.deep.equal([])
    const slug = 'resident-medical-change'
    const codes = (after: string) => check(
      withItem(slug, { changes: [{ item: 'ethnicity', before: '汉族', after, isConfirmed: true }] }), [slug]).map(({ code }) => code)
    expect(['穿青人', '壮族', '革家人'].flatMap(codes)).to.deep.equal([])
    expect(['08', 'Zhuang'].map(codes)).to.deep.equal([['FIELD_FORMAT'], ['FIELD_FORMAT']])
  })

  it('takes a permanent residence permit of the old edition, except for a social security card', () => {
    const old = { idType: 'foreign-permanent-residence', idNumber: 'CAN110078123456' }
    for (const slug of ['archive-transfer', 'flexible-pension', 'resident-medical', 'flexible-medical-change']) {
      expect(check(withPerson(old, [slug]), [slug]), slug).to.deep.equal([])
    }
    const card = ['resident-medical', 'social-security-card']
    expect(check(withPerson(old, card), card)).to.deep.equal([{
      path: '/common/person/idNumber', code: 'ID_NUMBER_OLD_EDITION',
      message: '申领社会保障卡，永久居留身份证的应为最新版本（18位证件号），请换发新证后申领'
    }])
    const agent = { ...exampleOf('agent') as object, idNumber: old.idNumber, idType: null }
    expect(check(merge(exampleContent(['flexible-pension']), { agent }) as object)).to.deep.equal([])
  })

  it('refuses another document without its name', () => {
    expect(problemOf({ idType: 'other', idNumber: 'AB123' })).to.include(
      { path: '/common/person/idTypeOther', message: '请填写其他证件名称' })
  })

  it('knows the divisions of its own region', () => {
    expect(problemOf({ residenceDivision: '459999001001' })).to.include({ code: 'DIVISION_UNKNOWN' })
    expect(check(withPerson({ householdDivision: '440103001001' }))).to.deep.equal([])
  })

  it('refuses what the form does not ask, even under strange names', () => {
    const content = JSON.parse('{"common":{"person":{"__proto__":{"x":1},"a/b":1}},"items":{}}') as object
    const unknown = check(content, []).filter(({ code }) => code === 'FIELD_UNKNOWN').map(({ path }) => path)
    expect(unknown).to.include.members(['/common/person/__proto__', '/common/person/a~1b'])
  })

  for (const common of [null, [], 'x', 7]) {
    it(`survives ${JSON.stringify(common)} in place of the common part`, () => {
      expect(check({ common, items: common, agent: common }, ['contribution'])).not.to.deep.equal([])
    })
  }
})

describe('checkForm: sections', () => {
  it('asks for the section of each selected matter and refuses any other', () => {
    const content = { ...exampleContent(['flexible-pension']) }
    expect(check(content, ['contribution'])).to.deep.equal([
      { path: '/items/contribution', code: 'SECTION_MISSING', message: '请填写《灵活就业人员社会保险费申报》部分' },
      { path: '/items/flexible-pension', code: 'SECTION_UNEXPECTED', message: '填写了未选办的事项，请选办该事项或删除这一部分' }
    ])
  })

  it('throws for a region or matter that does not exist', () => {
    expect(() => checkForm(formContext, 'atlantis', {}, [])).to.throw().with.property('code', 'REGION_UNKNOWN')
    expect(() => check({}, ['no-such-matter'])).to.throw().with.property('code', 'MATTER_UNKNOWN')
  })

  it('needs somebody and somewhere for delivery by mail, and takes none as online', () => {
    const problems = check(withItem('flexible-pension', { delivery: { method: 'mail' } }))
    expect(problems.map(({ message }) => message)).to.deep.equal(['请填写收件人', '请填写收件人手机', '请填写收件地址'])
    expect(check(withItem('flexible-pension', { delivery: null }))).to.deep.equal([])
  })

  it('names the row of a wrong field', () => {
    const changes = [
      { item: 'postalCode', before: '530000', after: '530022', isConfirmed: true }, { item: 'mobile', isConfirmed: true }
    ]
    expect(check(withItem('resident-medical-change', { changes }), ['resident-medical-change'])).to.deep.equal([
      { path: '/items/resident-medical-change/changes/1/after', code: 'FIELD_REQUIRED', message: '请填写变更事项第2行的变更后' }
    ])
  })

  it('lets a name be changed at the window only, and asks for the name before', () => {
    const content = withItem('flexible-medical-change', {
      changes: [{ item: 'name', before: '韦美兰', after: '韦美岚', isConfirmed: true }]
    })
    const codes = (channel?: string) => check(content, ['flexible-medical-change'], { channel }).map(({ code, path }) => [code, path.split('/').at(-1)])
    expect(codes('window')).to.deep.equal([['FIELD_REQUIRED', 'identityBefore']])
    expect(codes('online')).to.deep.include(['WINDOW_ONLY', 'item'])
    expect(codes('platform')).to.deep.include(['WINDOW_ONLY', 'item'])
  })

  it('takes the number before as it was registered, and holds the new one against its check digit', () => {
    const slug = 'resident-medical-change'
    const { person } = exampleOf('common') as { person: { name: string; idNumber: string } }
    const codes = (before: string, after: string) => check(withItem(slug, {
      changes: [{ item: 'idNumber', before, after, isConfirmed: true }], identityBefore: { name: person.name, idNumber: before }
    }), [slug], { channel: 'window' }).map(({ code, path }) => [code, path.split('/').at(-1)])
    for (const before of ['450103900307002', '450103199003070021', '45010319900307002']) {
      expect(codes(before, person.idNumber), before).to.deep.equal([])
      expect(codes(before, '450103199003070022'), before).to.deep.equal([['ID_NUMBER_INVALID', 'after']])
    }
    expect(codes('号码有误', person.idNumber)).to.deep.equal([['FIELD_FORMAT', 'idNumber']])
  })

  it('takes no important datum under 其他 either, except at the window; a telephone number is none', () => {
    const codes = (itemName: string, channel: string) => ['resident-medical-change', 'flexible-medical-change'].flatMap(slug => check(
      withItem(slug, { changes: [{ item: 'other', itemName, before: '甲', after: '乙', isConfirmed: true }] }), [slug], { channel }
    ).map(({ code, path, message }) => [code, path.split('/').at(-1), message]))
    const refused = ['WINDOW_ONLY', 'itemName', '变更事项第1行：变更姓名、公民身份号码等重要个人信息的，只能线下办理，请到政务服务窗口申请']
    for (const itemName of ['姓名', '名字', '公民身份号码', '身份证号', '证件号', '号码', '出生日期']) {
      expect(codes(itemName, 'online'), itemName).to.deep.equal([refused, refused])
      expect(codes(itemName, 'platform'), itemName).to.deep.equal([refused, refused])
      expect(codes(itemName, 'window'), itemName).to.deep.equal([])
    }
    for (const itemName of ['家庭电话号码', '紧急联系人手机号码', '电子邮箱']) expect(codes(itemName, 'online'), itemName).to.deep.equal([])
  })

  it('declares an insurance once, and none whose counterpart is being registered', () => {
    const period = { periodStart: '2026-01-01', periodEnd: '2026-12-31' }
    const codes = (matters: string[], rows: object[]) => check(
      merge(exampleContent(matters), { items: { contribution: { rows } } }) as object, matters).map(({ code }) => code)
    const resident = { insurance: 'resident-medical', ...period }
    const flexible = { insurance: 'flexible-medical', ...period }
    expect(codes(['contribution'], [resident, resident])).to.deep.equal(['ROW_DUPLICATE'])
    expect(codes(['contribution'], [resident, flexible])).to.deep.equal(['ROWS_EXCLUSIVE'])
    expect(codes(['flexible-medical', 'contribution'], [resident])).to.deep.equal(['ROW_EXCLUDED'])
    expect(codes(['resident-medical-change', 'contribution'], [resident])).to.deep.equal([])
  })

  it('adds totals up in whole fen', () => {
    const row = { insurance: 'resident-pension', tier: 20000, periodStart: '2026-01-01', periodEnd: '2026-12-31', dueFen: 20000 }
    const problems = (total: number) => check(withItem('contribution', { rows: [row], totalDueFen: total }), ['contribution'])
    expect(problems(20000)).to.deep.equal([])
    expect(problems(20001)[0]).to.include({ path: '/items/contribution/totalDueFen', code: 'TOTAL_MISMATCH' })
    expect(problems(200.5)[0]).to.include({ code: 'FIELD_TYPE' })
  })
})

describe('checkForm: the agent', () => {
  const content = (agent: unknown) => ({ ...exampleContent(['flexible-pension']), agent })

  it('needs name, number and relation of an agent', () => {
    expect(check(content({})).map(({ path }) => path)).to.deep.equal(['/agent/name', '/agent/idNumber', '/agent/relation'])
    expect(check(content(null))).to.deep.equal([])
  })

  it('refuses the applicant as agent, and a number with a wrong check digit', () => {
    const { person } = exampleOf('common') as { person: { idNumber: string } }
    expect(check(content({ ...exampleOf('agent'), idNumber: person.idNumber }))[0]).to.include({ code: 'AGENT_IS_APPLICANT' })
    expect(check(content({ ...exampleOf('agent'), idNumber: '450103198806150031' }))[0]).to.include(
      { path: '/agent/idNumber', code: 'ID_NUMBER_CHECK_DIGIT' })
  })
})

describe('normaliseContent', () => {
  it('composes, trims and leaves addresses and numbers alone', () => {
    expect(normaliseContent({ a: ' e\u0301 ', address: '民族大道１号', tier: 20000, rows: [{ isConfirmed: true }], agent: null })).to.deep.equal(
      { a: 'é', address: '民族大道１号', tier: 20000, rows: [{ isConfirmed: true }], agent: null })
  })

  it('is the same when done twice', () => {
    const once = normaliseContent({ idNumber: '１１０１０５１９４９１２３１００２ｘ', mobile: '86 13877100001', name: '买买提・艾力' })
    expect(normaliseContent(once)).to.deep.equal(once)
    expect(once).to.deep.equal({ idNumber: '11010519491231002X', mobile: '13877100001', name: '买买提·艾力' })
  })
})
