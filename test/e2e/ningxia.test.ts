import { expect } from 'chai'
import { until } from '../support/until.ts'
import { department, isCompleted, itemOf, workUntil } from './support/case.ts'
import { stack } from './support/root-stack.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- answers of the interface are read as they come */

const CHAIN = ['employment-registration', 'social-insurance', 'medical-insurance', 'social-security-card', 'contribution']

const reject = (reasonCode: string) => (task: any) =>
  (task.kind === 'review' ? { decision: 'reject', reasonCode } : { decision: task.decisions[0].value })

describe('Ningxia beside Guangxi @brief', () => {
  let applicant: Awaited<ReturnType<ReturnType<typeof stack>['newcomer']>>
  let application: any
  before(async () => {
    applicant = await stack().newcomer('e2e-nx')
    const { id } = await applicant.apply('ningxia', CHAIN)
    application = await workUntil(applicant, id, isCompleted)
  })

  it('takes five matters from one submission to delivery on the same day, without a clerk', () => {
    for (const slug of CHAIN) {
      const item = itemOf(application, slug)
      expect(item.status, `${slug} ${JSON.stringify(item.reasons)}`).to.equal('delivered')
      expect(item.deadline.kind).to.equal('immediate')
    }
    expect(application.timeline.some(({ actor }: any) => actor === 'clerk')).to.equal(false)
    expect(application.number).to.match(/^640000\d{8}YJS\d{6}./)
    expect(itemOf(application, 'contribution').rows.map((row: any) => row.status)).to.deep.equal(['approved', 'approved'])
  })

  it('goes from 就业登记 to 社保 and 医保 to the declaration, and no sibling\'s new enrolment refuses another', () => {
    const at = (slug: string, type: RegExp) => application.timeline.filter((one: any) => one.slug === slug && type.test(one.type))
      .map((one: any) => Date.parse(one.at))
    const employed = at('employment-registration', /approved/)[0]
    for (const slug of ['social-insurance', 'medical-insurance']) expect(at(slug, /opened/)[0], slug).to.be.at.least(employed)
    const registered = Math.max(...at('social-insurance', /approved/), ...at('medical-insurance', /approved/))
    expect(Math.max(...at('contribution', /approved/))).to.be.at.least(registered)
  })

  it('sends the card by mail, once, for 5.80 元', async () => {
    const card = itemOf(application, 'social-security-card')
    expect(card.payment.amountFen).to.equal(580)
    expect(card.delivery.method).to.equal('mail')
    const { entries } = await department('post', `ledger?subject=${card.id}`)
    expect(entries.map(({ kind }: any) => kind)).to.deep.equal(['parcel'])
    const { result } = await department('post', `requests/${encodeURIComponent(entries[0].requestId)}`)
    expect(result.postageFen).to.equal(580)
    await until('the postage paid at the door', async () =>
      itemOf(await applicant.get(`applications/${application.id}`), 'social-security-card').payment.status === 'paid')
  })

  it('speaks to each department in its own words', async () => {
    const kindsOf = async (name: string, subject: string) => (await department(name, `ledger?subject=${subject}`)).entries.map(({ kind }: any) => kind)
    expect(await kindsOf('hrss', itemOf(application, 'employment-registration').id)).to.deep.equal(['JY01'])
    expect(await kindsOf('hrss', itemOf(application, 'social-security-card').id)).to.deep.equal(['ZK01'])
    expect(await kindsOf('medical', itemOf(application, 'medical-insurance').id)).to.deep.equal(['YB2101'])
    for (const { id } of itemOf(application, 'contribution').rows) {
      expect(await kindsOf('tax', id)).to.have.members(['SF.HD01', 'SF.SB01'])
    }
  })

  it('asks a person about whoever is insured by an earlier application, here or in the other region', async () => {
    const both = await stack().newcomer('e2e-nx')
    const first = await both.apply('guangxi', ['flexible-pension'])
    expect(itemOf(await workUntil(both, first.id, one => itemOf(one, 'flexible-pension').status === 'delivered'), 'flexible-pension').reasons)
      .to.deep.equal([])
    const { id } = await both.apply('ningxia', ['employment-registration'])
    const done = await workUntil(both, id, isCompleted, reject('ALREADY_ENROLLED'))
    const item = itemOf(done, 'employment-registration')
    expect(item.status).to.equal('rejected')
    expect(item.reasons.map(({ code }: any) => code)).to.include('ALREADY_ENROLLED')
    for (const { clause } of item.reasons) expect(clause).to.match(/^附件2 三1：“申请人不允许在外省或本省/)
  })

  it('shows a clerk of one region nothing of the other, by any endpoint', async () => {
    const insured = await stack().as('citizen-nx-insured-elsewhere')
    const { id, number } = await insured.apply('ningxia', ['social-insurance'])
    const own = await stack().as('hrss-nx')
    const task = await until('the task of hrss-nx', async () => (await own.get(`tasks?queue=all&applicationId=${id}`)).tasks[0])
    for (const account of ['hrss-gx', 'window-gx', 'supervisor-gx', 'auditor-gx']) {
      const other = await stack().as(account)
      for (const path of [`tasks?queue=all&applicationId=${id}`, `tasks?queue=all&q=${number}`, 'tasks?queue=all&slug=social-insurance']) {
        const { status, body } = await other.send('GET', path)
        if (status === 200) expect(body.tasks, `${account} ${path}`).to.deep.equal([])
        else expect(status, `${account} ${path}`).to.be.oneOf([403, 404])
      }
      for (const path of [`applications/${id}`, `applications/${id}/form.pdf`, `applications/${id}/evidence.zip`, `tasks/${task.id}`]) {
        expect((await other.send('GET', path)).status, `${account} ${path}`).to.be.oneOf([403, 404])
      }
      for (const path of [`tasks/${task.id}/claim`, `tasks/${task.id}/complete`]) {
        expect((await other.send('POST', path, { decision: 'approve' })).status, `${account} ${path}`).to.be.oneOf([403, 404])
      }
    }
    const done = await workUntil(insured, id, isCompleted, reject('ALREADY_ENROLLED'))
    expect(itemOf(done, 'social-insurance').reasons[0].clause).to.match(/^附件2 三2/)
  })

  describe('refuses', () => {
    const precheck = async (matter: string, facts: object) =>
      (await stack().anonymous.post('regions/ningxia/precheck', { channel: 'online', matters: [matter], facts })).matters[0]
    const problemsOf = async (matters: string[], change: (draft: any) => void) => {
      const person = await stack().as('citizen-nx-5')
      const id = await person.draft('ningxia', matters, change)
      const answer = await person.send('POST', `applications/${id}/submit`, { confirmedNotices: matters, declarationAccepted: true, signature: null })
      expect(answer.status).to.equal(422)
      return answer.body.fields
    }

    it('somebody insured elsewhere, a second card of Ningxia, a special payment: each by its clause, on the engine', async () => {
      for (const [matter, facts, clause] of [
        ['employment-registration', { currentEnrolments: ['institution-medical'] }, '附件2 三1'],
        ['social-insurance', { currentEnrolments: ['resident-medical'] }, '附件2 三2'],
        ['medical-insurance', { currentEnrolments: ['employee-pension'], medicalAction: 'enrol' }, '附件2 三2'],
        ['contribution', { hasSpecialPayment: true }, '附件2 三3'],
        ['social-security-card', { cardAppliedIn: ['610000', '640000'] }, '附件2 三4']
      ] as const) {
        const { status, reasons } = await precheck(matter, facts)
        expect(status, matter).to.equal('ineligible')
        expect(reasons.every((one: any) => one.clause.startsWith(clause)), matter).to.equal(true)
      }
      const here = { householdDivision: '640104001001', cardAppliedIn: ['610000'] }
      expect((await precheck('social-security-card', here)).status, 'a card of another province is none').to.equal('eligible')
    })

    it('a wish to fetch the card, and a back payment, with where to go', async () => {
      const [pickUp] = await problemsOf(['social-security-card'], draft => { draft.items['social-security-card'].delivery.method = 'window' })
      expect(pickUp.path).to.equal('/items/social-security-card/delivery/method')
      expect(pickUp.message).to.match(/只支持邮寄.*附件2 三4/)
      const [back] = await problemsOf(['social-insurance', 'contribution'], draft => { draft.items.contribution.rows[0].periodStart = '2020-01-01' })
      expect(back.path).to.equal('/items/contribution/rows/0/periodStart')
      expect(back.message).to.match(/人社窗口.*附件2 三3/)
    })

    it('a material, from the applicant and from a clerk', async () => {
      const retired = await stack().as('citizen-nx-retired')
      const draft = await retired.draft('ningxia', ['social-insurance'])
      const form = new FormData()
      form.set('code', 'id-card')
      form.set('file', new Blob(['%PDF-1.4']), '证件.pdf')
      const upload = await retired.send('POST', `applications/${draft}/materials`, form)
      expect([upload.status, upload.body.code]).to.deep.equal([422, 'MATERIAL_NOT_NEEDED'])

      const { id } = await retired.submit(draft, ['social-insurance'])
      const clerk = await stack().as('hrss-nx')
      const task = await until('the task of hrss-nx', async () => (await clerk.get(`tasks?queue=all&applicationId=${id}`)).tasks[0])
      await clerk.post(`tasks/${task.id}/claim`)
      const correction = { fields: [], materials: [{ code: 'id-card', reasonCode: 'OTHER', text: '' }] }
      const asked = await clerk.send('POST', `tasks/${task.id}/complete`, { decision: 'correct', reasonCode: 'OTHER', correction })
      expect([asked.status, asked.body.fields[0].code]).to.deep.equal([422, 'MATERIAL_NOT_NEEDED'])
    })
  })
})
