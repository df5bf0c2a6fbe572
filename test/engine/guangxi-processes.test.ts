import { expect } from 'chai'
import { startEngine } from '../support/engine.ts'
import type { RunningEngine } from '../support/engine.ts'
import { until } from '../support/until.ts'
import { ProcessPlayer } from './process-player.ts'
import { casesOf, dates, inHours, opened } from './region-cases.ts'
import type { Step } from './region-cases.ts'

const millis = ({ warnAt, promisedAt, redAt }: ReturnType<typeof dates>) => [warnAt, promisedAt, redAt].map(Number)

let engine: RunningEngine
let player: ProcessPlayer
const { startMatter, startApplication } = casesOf(() => player, 'guangxi')

// Operaton unless the suite runs for Camunda.
const profile = process.env.STACK?.startsWith('camunda') ? 'camunda' : 'operaton'

describe('the processes of Guangxi on the real engine', function () {
  this.timeout(120_000)
  before(async () => {
    engine = await startEngine({ profile })
    player = new ProcessPlayer(engine)
    await player.deploy('processes/guangxi')
  })
  after(() => engine?.stop())

  describe('a matter', () => {
    it('that is verified is registered without a person, with its timers at the given instants', async () => {
      const { itemId, instance, step, conclude } = await startMatter('flexible-pension')
      const given = dates()
      await player.work('common.open-item', itemId, { isOpen: true, reviewGroup: 'hrss', materialsState: 'complete', ...given })
      expect(await player.timers(instance)).to.deep.equal(millis(given))
      await step('verify', { verification: 'passed' })
      expect(await player.variable(instance, 'reviewRuleId')).to.equal('review-passed')
      await step('register', { registration: 'registered' })
      await conclude('approved')
      expect(await player.ends(instance)).to.deep.equal(['EndEvent_Approved', 'EndEvent_Decided'])
      expect(await player.timers(instance)).to.deep.equal([])
    })

    it('whose materials are not complete is looked at by a person, whatever the records say', async () => {
      for (const [materialsState, ruleId] of [['missing', 'review-material-missing'], ['original-pending', 'review-original-pending']] as const) {
        const { itemId, instance, step } = await startMatter('flexible-pension')
        await player.work('common.open-item', itemId, { ...opened('hrss'), materialsState })
        await step('verify', { verification: 'passed' })
        expect((await player.userTask(itemId)).taskDefinitionKey).to.equal('Task_Review')
        expect(await player.variable(instance, 'reviewRuleId')).to.equal(ruleId)
      }
    })

    it('in doubt waits for its department until the promised day; a rejection ends it unregistered', async () => {
      const { itemId, instance, step, conclude } = await startMatter('flexible-pension')
      const given = dates()
      await player.work('common.open-item', itemId, { isOpen: true, reviewGroup: 'hrss', materialsState: 'complete', ...given })
      await step('verify', { verification: 'doubtful' })
      const task = await player.userTask(itemId)
      const links = await player.get(`task/${task.id}/identity-links`)
      expect(links.map((link: { groupId: string }) => link.groupId)).to.deep.equal(['hrss'])
      expect(Date.parse(task.due)).to.equal(given.promisedAt.getTime())
      await player.decide(itemId, 'Task_Review', 'reject')
      await conclude('rejected')
      expect(await player.ends(instance)).to.deep.equal(['EndEvent_Decided', 'EndEvent_Rejected'])
    })

    it('returned for correction stops its timers, and starts anew with fresh ones', async () => {
      const { itemId, instance, step, conclude } = await startMatter('flexible-pension')
      await player.work('common.open-item', itemId, opened('hrss'))
      await step('verify', { verification: 'unavailable' })
      await player.decide(itemId, 'Task_Review', 'correct')
      const correctionDeadline = inHours(100)
      await player.work('common.open-correction', itemId, { correctionDeadline })
      expect(await player.timers(instance)).to.deep.equal([correctionDeadline.getTime()])
      await player.message('CorrectionSubmitted', itemId)
      const fresh = dates(200)
      await player.work('common.resume-item', itemId, { reviewGroup: 'hrss', ...fresh })
      expect(await player.timers(instance)).to.deep.equal(millis(fresh))
      await step('verify', { verification: 'doubtful' })
      expect(Date.parse((await player.userTask(itemId)).due)).to.equal(fresh.promisedAt.getTime())
      await player.decide(itemId, 'Task_Review', 'approve')
      await step('register', { registration: 'refused' })
      await conclude('rejected')
      expect(await player.ends(instance)).to.include.members(['EndEvent_NeedsCorrection', 'EndEvent_Refused', 'EndEvent_Decided'])
    })

    it('whose correction lapses ends as withdrawn', async () => {
      const { itemId, instance, step } = await startMatter('flexible-pension')
      await player.work('common.open-item', itemId, opened('hrss'))
      await step('verify', { verification: 'doubtful' })
      await player.decide(itemId, 'Task_Review', 'correct')
      await player.work('common.open-correction', itemId, { correctionDeadline: inHours(-1) })
      await player.work('common.lapse-correction', itemId, { outcome: 'withdrawn' })
      expect(await player.ends(instance)).to.deep.equal(['EndEvent_CorrectionLapsed', 'EndEvent_NeedsCorrection'])
    })

    it('can be withdrawn while a person has it, and while it waits for a correction', async () => {
      for (const isCorrecting of [false, true]) {
        const { itemId, instance, step } = await startMatter('flexible-pension')
        await player.work('common.open-item', itemId, opened('hrss'))
        await step('verify', { verification: 'doubtful' })
        await player.userTask(itemId)
        if (isCorrecting) {
          await player.decide(itemId, 'Task_Review', 'correct')
          await player.work('common.open-correction', itemId, { correctionDeadline: inHours(100) })
        }
        await player.message('WithdrawRequested', itemId)
        expect(await player.get(`task?processInstanceBusinessKey=${itemId}&maxResults=1`)).to.deep.equal([])
        await player.work('common.withdraw-item', itemId, { outcome: 'withdrawn' })
        expect(await player.ends(instance)).to.include('EndEvent_Withdrawn').and.not.include('EndEvent_Decided')
      }
    })

    it('that is no longer wanted is not opened', async () => {
      const { itemId, instance } = await startMatter('flexible-pension')
      await player.work('common.open-item', itemId, { isOpen: false, outcome: 'withdrawn' })
      expect(await player.ends(instance)).to.deep.equal(['EndEvent_NotOpened'])
    })

    it('marks 预警, 黄牌 and 红牌 in the history when their instants pass, and goes on', async () => {
      const { itemId, instance, step, conclude } = await startMatter('flexible-pension')
      await player.work('common.open-item', itemId, { isOpen: true, reviewGroup: 'hrss', materialsState: 'complete', ...dates(-1000) })
      const fired = await until('three fired timers', async () => {
        const rows = await player.get(`history/activity-instance?activityType=boundaryTimer&processInstanceId=${instance}&maxResults=10`)
        return rows.length === 3 && rows.map((row: { activityId: string }) => row.activityId).sort()
      }, 10_000)
      expect(fired).to.deep.equal(['BoundaryEvent_SlaPromised', 'BoundaryEvent_SlaRed', 'BoundaryEvent_SlaWarn'])
      await step('verify', { verification: 'passed' })
      await step('register', { registration: 'registered' })
      await conclude('approved')
      expect(await player.ends(instance)).to.include('EndEvent_Decided')
    })
  })

  describe('the true steps of each matter', () => {
    interface Walk { readonly slug: string; readonly title: string; readonly steps: readonly Step[]; readonly result: string; readonly end: string }
    const passed = { verification: 'passed' }
    const done = { registration: 'registered' }
    const WALKS: readonly Walk[] = [
      { slug: 'archive-transfer', title: '接收：商调函、收档核对', result: 'approved', end: 'EndEvent_Approved',
        steps: [['verify', { ...passed, direction: 'receive' }], ['Task_Review', 'approve'], ['request-file', { letter: 'issued' }], ['register', done]] },
      { slug: 'archive-transfer', title: '原单位不同意转出', result: 'rejected', end: 'EndEvent_NotReleased',
        steps: [['verify', { ...passed, direction: 'receive' }], ['Task_Review', 'approve'], ['request-file', { letter: 'refused' }]] },
      { slug: 'archive-transfer', title: '转出：调档函、密封转出', result: 'approved', end: 'EndEvent_Approved',
        steps: [['verify', { ...passed, direction: 'dispatch' }], ['Task_Review', 'approve'], ['check-letter', { letter: 'valid' }], ['dispatch', done]] },
      { slug: 'archive-transfer', title: '调档函无效', result: 'rejected', end: 'EndEvent_LetterInvalid',
        steps: [['verify', { ...passed, direction: 'dispatch' }], ['Task_Review', 'approve'], ['check-letter', { letter: 'refused' }]] },
      { slug: 'resident-pension', title: '一律由人审核', result: 'approved', end: 'EndEvent_Approved',
        steps: [['verify', passed], ['verify-special-group', { specialGroup: 'none' }], ['Task_Review', 'approve'], ['register', done]] },
      { slug: 'resident-pension', title: '特殊群体未核实，验看证明', result: 'approved', end: 'EndEvent_Approved',
        steps: [['verify', passed], ['verify-special-group', { specialGroup: 'unconfirmed' }], ['Task_ReviewSpecialGroup', 'approve'], ['register', done]] },
      { slug: 'resident-medical', title: '与名单一致，自动办理', result: 'approved', end: 'EndEvent_Approved',
        steps: [['verify', passed], ['check-special-list', { specialList: 'listed' }], ['register', done]] },
      { slug: 'resident-medical', title: '申报而不在名单', result: 'rejected', end: 'EndEvent_Rejected',
        steps: [['verify', passed], ['check-special-list', { specialList: 'unlisted' }], ['Task_Review', 'reject']] },
      { slug: 'resident-medical-change', title: '普通信息自动变更', result: 'approved', end: 'EndEvent_Approved',
        steps: [['verify', { ...passed, changesNameOrIdNumber: false }], ['register', done]] },
      { slug: 'resident-medical-change', title: '变更姓名，验看原件', result: 'approved', end: 'EndEvent_Approved',
        steps: [['verify', { ...passed, changesNameOrIdNumber: true }], ['Task_ReviewOriginals', 'approve'], ['register', done]] },
      { slug: 'flexible-medical', title: '登记后起算待遇等待期', result: 'approved', end: 'EndEvent_Approved',
        steps: [['verify', passed], ['register', done], ['set-benefit-start', { benefitWait: 'waiting' }]] },
      { slug: 'flexible-medical-change', title: '参保方式不可逆', result: 'rejected', end: 'EndEvent_PlanForbidden',
        steps: [['verify', { ...passed, changesNameOrIdNumber: false }], ['check-plan', { planChange: 'forbidden' }]] },
      { slug: 'flexible-medical-change', title: '变更号码，验看原件', result: 'approved', end: 'EndEvent_Approved',
        steps: [['verify', { ...passed, changesNameOrIdNumber: true }], ['check-plan', { planChange: 'allowed' }],
          ['Task_ReviewOriginals', 'approve'], ['register', done]] },
      { slug: 'flexible-medical-change', title: '参保方式查询不到，由人核对', result: 'rejected', end: 'EndEvent_Rejected',
        steps: [['verify', { ...passed, changesNameOrIdNumber: false }], ['check-plan', { planChange: 'unavailable' }], ['Task_ReviewOriginals', 'reject']] },
      { slug: 'flexible-medical-change', title: '普通信息自动变更', result: 'approved', end: 'EndEvent_Approved',
        steps: [['verify', { ...passed, changesNameOrIdNumber: false }], ['check-plan', { planChange: 'allowed' }], ['register', done]] },
      { slug: 'contribution', title: '尚未参保', result: 'rejected', end: 'EndEvent_NotEnrolled',
        steps: [['check-enrolment', { enrolment: 'not-enrolled' }]] },
      { slug: 'contribution', title: '查询不到，税务核实后未能核定', result: 'rejected', end: 'EndEvent_NotAssessed',
        steps: [['check-enrolment', { enrolment: 'unavailable' }], ['Task_Review', 'approve'], ['assess', { assessment: 'refused' }]] },
      { slug: 'contribution', title: '税务未受理', result: 'rejected', end: 'EndEvent_Refused',
        steps: [['check-enrolment', { enrolment: 'enrolled' }], ['assess', { assessment: 'assessed' }], ['declare', { registration: 'refused' }]] },
      { slug: 'social-security-card', title: '照片存疑，不予核定', result: 'rejected', end: 'EndEvent_Rejected',
        steps: [['verify', passed], ['check-photo', { photo: 'doubtful' }], ['Task_Review', 'reject']] }
    ]
    for (const { slug, title, steps, result, end } of WALKS) {
      it(`${slug}: ${title}`, async () => {
        const { itemId, instance, walk, conclude } = await startMatter(slug)
        await player.work('common.open-item', itemId, opened('anybody'))
        await walk(steps)
        await conclude(result)
        expect(await player.ends(instance)).to.include(end)
      })
    }

    it('social-security-card: the card is ordered, made, and handed over', async () => {
      const { itemId, instance, step, conclude } = await startMatter('social-security-card')
      await player.work('common.open-item', itemId, opened('hrss'))
      await step('verify', passed)
      await step('check-photo', { photo: 'passed' })
      await step('order', done)
      await conclude('approved')
      expect(await player.timers(instance), 'the promise ends with the order').to.deep.equal([])
      await player.message('CardProduced', itemId)
      await player.work('common.deliver-card', itemId)
      expect(await player.ends(instance)).to.deep.equal(['EndEvent_Approved', 'EndEvent_CardDelivered'])
    })

    for (const isPaid of [true, false]) {
      it(`contribution: declared and ${isPaid ? 'paid' : 'not paid in time'}`, async () => {
        const { itemId, instance, step, conclude } = await startMatter('contribution')
        await player.work('common.open-item', itemId, { ...opened('tax'), paymentDeadline: inHours(isPaid ? 100 : -1) })
        await step('check-enrolment', { enrolment: 'enrolled' })
        await step('assess', { assessment: 'assessed' })
        await step('declare', done)
        await conclude('approved')
        if (isPaid) await player.message('PaymentReported', itemId)
        else await player.work('common.lapse-payment', itemId)
        expect(await player.ends(instance)).to.deep.equal(['EndEvent_Approved', isPaid ? 'EndEvent_Paid' : 'EndEvent_PaymentLapsed'])
      })
    }
  })

  describe('the umbrella', () => {
    it('refuses a conflict and opens no item', async () => {
      const { applicationId, instance } = await startApplication(['ResidentPension', 'FlexiblePension', 'ArchiveTransfer'])
      await player.work('common.refuse-application', applicationId)
      expect(await player.ends(instance)).to.deep.equal(['EndEvent_NotAccepted'])
      const called = (await player.history(instance)).filter(({ activityType }) => activityType === 'callActivity')
      expect(called).to.deep.equal([])
    })

    it('runs items side by side; a row waits for its own registration alone, and a refused one declines its row', async () => {
      const { applicationId, instance, id } = await startApplication(
        ['FlexiblePension', 'ResidentMedical', 'FlexibleMedicalChange', 'Contribution'], ['FlexiblePension', 'ResidentMedical', 'FlexibleMedical'])
      await player.work('common.accept-application', applicationId)
      // What rests on an existing enrolment starts at once, beside the three registrations.
      await player.work('common.open-item', id('FlexibleMedicalRow'), { isOpen: false, outcome: 'rejected' })
      const seen = await player.work('common.open-item', id('FlexibleMedicalChange'), { isOpen: false, outcome: 'withdrawn' })
      expect(seen).to.deep.equal({ applicationId, itemId: id('FlexibleMedicalChange'), region: 'guangxi', division: '450103', channel: 'online' })
      expect(await player.openTopics(id('ResidentMedicalRow'))).to.deep.equal([])

      await player.work('common.open-item', id('FlexiblePension'), { isOpen: false, outcome: 'rejected' })
      const declined = await player.work('common.decline-row', applicationId)
      expect(declined.insurance).to.equal('flexible-pension')

      await player.work('common.open-item', id('ResidentMedical'), { isOpen: false, outcome: 'approved' })
      await player.work('common.open-item', id('ResidentMedicalRow'), { isOpen: false, outcome: 'approved' })
      const collected = await player.work('common.collect-results', applicationId, { hasMail: false, hasPickup: false })
      expect(collected).to.include({
        outcomeFlexiblePension: 'rejected', outcomeResidentMedical: 'approved', outcomeFlexibleMedicalChange: 'withdrawn',
        rowOutcomeResidentMedical: 'approved', rowOutcomeFlexibleMedical: 'rejected'
      }).and.not.have.property('rowOutcomeFlexiblePension')
      await player.work('common.close-application', applicationId)
      const ends = await player.ends(instance)
      expect(ends).to.include.members(['EndEvent_FlexiblePensionRowDeclined', 'EndEvent_ResidentMedicalRow', 'EndEvent_FlexibleMedicalRow', 'EndEvent_Closed'])
      expect(ends).to.not.include('EndEvent_FlexiblePensionRow').and.not.include('EndEvent_NothingSelected')
    })

    it('calls each matter by its own key, and five items that end together are collected once', async () => {
      const together = ['ArchiveTransfer', 'ResidentPension', 'SocialSecurityCard', 'ResidentMedical', 'FlexibleMedicalChange']
      const { applicationId, instance, id } = await startApplication(together)
      await player.work('common.accept-application', applicationId)
      await Promise.all(together.map(one => player.work('common.open-item', id(one), { isOpen: false, outcome: 'withdrawn' })))
      await player.work('common.collect-results', applicationId, { hasMail: false, hasPickup: false })
      await player.work('common.close-application', applicationId)
      expect(await player.ends(instance)).to.deep.equal([...together.map(one => `EndEvent_${one}`), 'EndEvent_Closed'].sort())
      const called = (await player.history(instance)).filter(({ activityType }) => activityType === 'callActivity')
      for (const { activityId, calledProcessInstanceId } of called) {
        const child = await player.get(`history/process-instance/${calledProcessInstanceId}`)
        expect(child.businessKey).to.equal(id(activityId.replace('CallActivity_', '')))
        expect(`CallActivity_${child.processDefinitionKey.replace('guangxi', '').replace(/-(.)/g, (_: string, letter: string) => letter.toUpperCase())}`)
          .to.equal(activityId)
      }
    })

    for (const hasMail of [true, false]) {
      for (const hasPickup of [true, false]) {
        it(`delivers ${[hasMail && 'by mail', hasPickup && 'at the window', !hasMail && !hasPickup && 'online'].filter(Boolean).join(' and ')}`, async () => {
          const { applicationId, instance } = await startApplication([])
          await player.work('common.accept-application', applicationId)
          await player.work('common.collect-results', applicationId, { hasMail, hasPickup })
          const expected = [...(hasMail ? ['common.mail-results'] : []), ...(hasMail || hasPickup ? [] : ['common.close-application'])]
          expect(await player.openTopics(applicationId)).to.deep.equal(expected)
          if (hasMail) await player.work('common.mail-results', applicationId)
          if (hasPickup) {
            const task = await player.userTask(applicationId)
            const links = await player.get(`task/${task.id}/identity-links`)
            expect(links.map((link: { groupId: string }) => link.groupId)).to.deep.equal(['window'])
            await player.decide(applicationId, 'Task_HandOver', 'handed-over')
            await player.work('common.record-hand-over', applicationId)
          }
          await player.work('common.close-application', applicationId)
          expect(await player.ends(instance)).to.deep.equal(['EndEvent_Closed', 'EndEvent_NothingSelected'])
        })
      }
    }
  })
})
