import { expect } from 'chai'
import { startEngine } from '../support/engine.ts'
import type { RunningEngine } from '../support/engine.ts'
import { ProcessPlayer } from './process-player.ts'
import { casesOf, inHours, opened } from './region-cases.ts'
import type { Step } from './region-cases.ts'

let engine: RunningEngine
let player: ProcessPlayer
const { startMatter, startApplication } = casesOf(() => player, 'ningxia')

// Operaton unless the suite runs for Camunda.
const profile = process.env.STACK?.startsWith('camunda') ? 'camunda' : 'operaton'

describe('the processes of Ningxia on the real engine', function () {
  this.timeout(120_000)
  before(async () => {
    engine = await startEngine({ profile })
    player = new ProcessPlayer(engine)
    await player.deploy('processes/ningxia')
  })
  after(() => engine?.stop())

  const passed = { verification: 'passed' }
  const doubtful = { verification: 'doubtful' }
  const done = { registration: 'registered' }
  const receive = { ...passed, direction: 'receive' }
  const dispatch = { ...passed, direction: 'dispatch' }

  describe('the true steps of each matter', () => {
    const WALKS: readonly { slug: string; title: string; steps: readonly Step[]; result: string; end: string }[] = [
      { slug: 'employment-registration', title: '核验通过即办', result: 'approved', end: 'EndEvent_Approved',
        steps: [['verify', passed], ['register', done]] },
      { slug: 'employment-registration', title: '外省参保存疑，由人不予办理', result: 'rejected', end: 'EndEvent_Rejected',
        steps: [['verify', doubtful], ['Task_Review', 'reject']] },
      { slug: 'social-insurance', title: '没有答复，由人核实后登记', result: 'approved', end: 'EndEvent_Approved',
        steps: [['verify', { verification: 'unavailable' }], ['Task_Review', 'approve'], ['register', done]] },
      { slug: 'social-insurance', title: '业务系统未予登记', result: 'rejected', end: 'EndEvent_Refused',
        steps: [['verify', passed], ['register', { registration: 'refused' }]] },
      { slug: 'medical-insurance', title: '参保', result: 'approved', end: 'EndEvent_Approved',
        steps: [['verify', { ...passed, medicalAction: 'enrol' }], ['enrol', done]] },
      { slug: 'medical-insurance', title: '变更', result: 'approved', end: 'EndEvent_Approved',
        steps: [['verify', { ...passed, medicalAction: 'change' }], ['change', done]] },
      { slug: 'medical-insurance', title: '变更存疑，由人核实', result: 'approved', end: 'EndEvent_Approved',
        steps: [['verify', { ...doubtful, medicalAction: 'change' }], ['Task_Review', 'approve'], ['change', done]] },
      { slug: 'social-security-card', title: '不是首次申领', result: 'rejected', end: 'EndEvent_Rejected',
        steps: [['verify', doubtful], ['Task_Review', 'reject']] },
      { slug: 'archive-transfer', title: '接收', result: 'approved', end: 'EndEvent_Approved',
        steps: [['verify', receive], ['request-file', { letter: 'issued' }], ['register', done]] },
      { slug: 'archive-transfer', title: '转出', result: 'approved', end: 'EndEvent_Approved',
        steps: [['verify', dispatch], ['check-letter', { letter: 'valid' }], ['dispatch', done]] },
      { slug: 'archive-transfer', title: '原单位不同意转出', result: 'rejected', end: 'EndEvent_NotReleased',
        steps: [['verify', receive], ['request-file', { letter: 'refused' }]] },
      { slug: 'contribution', title: '尚未参保', result: 'rejected', end: 'EndEvent_NotEnrolled',
        steps: [['check-enrolment', { enrolment: 'not-enrolled' }]] }
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

    it('social-security-card: the card is ordered, made, given to the post, and only then noted as sent', async () => {
      const { itemId, instance, walk, step, conclude } = await startMatter('social-security-card')
      await player.work('common.open-item', itemId, opened('hrss'))
      await walk([['verify', passed], ['order', done]])
      await conclude('approved')
      expect(await player.timers(instance), 'the promise ends with the order').to.deep.equal([])
      await player.message('CardProduced', itemId)
      await step('mail')
      await player.work('common.deliver-card', itemId)
      expect(await player.ends(instance)).to.deep.equal(['EndEvent_Approved', 'EndEvent_CardDelivered'])
    })

    it('contribution: declared and paid', async () => {
      const { itemId, instance, walk, conclude } = await startMatter('contribution')
      await player.work('common.open-item', itemId, { ...opened('tax'), paymentDeadline: inHours(100) })
      await walk([['check-enrolment', { enrolment: 'enrolled' }], ['assess', { assessment: 'assessed' }], ['declare', done]])
      await conclude('approved')
      await player.message('PaymentReported', itemId)
      expect(await player.ends(instance)).to.deep.equal(['EndEvent_Approved', 'EndEvent_Paid'])
    })
  })

  describe('the umbrella', () => {
    const settle = (key: string, outcome: string) => player.work('common.open-item', key, { isOpen: false, outcome })
    const collect = (key: string) => player.work('common.collect-results', key, { hasMail: false, hasPickup: false })

    it('registers the employment first, then both insurances side by side, then pays for each', async () => {
      const { applicationId, instance, id } = await startApplication(
        ['EmploymentRegistration', 'SocialInsurance', 'MedicalInsurance', 'Contribution'], ['SocialInsurance', 'MedicalInsurance'])
      await player.work('common.accept-application', applicationId)
      const waiting = async (...names: string[]) => (await Promise.all(names.map(name => player.openTopics(id(name))))).flat()
      expect(await waiting('SocialInsurance', 'MedicalInsurance', 'SocialInsuranceRow', 'MedicalInsuranceRow')).to.deep.equal([])
      await settle(id('EmploymentRegistration'), 'approved')
      expect(await waiting('SocialInsuranceRow', 'MedicalInsuranceRow')).to.deep.equal([])
      await settle(id('MedicalInsurance'), 'approved')
      await settle(id('MedicalInsuranceRow'), 'approved')
      expect(await waiting('SocialInsuranceRow')).to.deep.equal([])
      await settle(id('SocialInsurance'), 'approved')
      await settle(id('SocialInsuranceRow'), 'approved')
      expect(await collect(applicationId)).to.include({
        outcomeEmploymentRegistration: 'approved', rowOutcomeSocialInsurance: 'approved', rowOutcomeMedicalInsurance: 'approved'
      })
      await player.work('common.close-application', applicationId)
      expect(await player.ends(instance)).to.include('EndEvent_Closed')
    })

    it('does not refuse the insurances because the employment was refused, and refuses only the row of a refused one', async () => {
      const { applicationId, instance, id } = await startApplication(
        ['EmploymentRegistration', 'SocialInsurance', 'MedicalInsurance', 'Contribution'], ['SocialInsurance', 'MedicalInsurance'])
      await player.work('common.accept-application', applicationId)
      await settle(id('EmploymentRegistration'), 'rejected')
      await settle(id('SocialInsurance'), 'rejected')
      expect((await player.work('common.decline-row', applicationId)).insurance).to.equal('social-insurance')
      await settle(id('MedicalInsurance'), 'approved')
      await settle(id('MedicalInsuranceRow'), 'approved')
      await collect(applicationId)
      await player.work('common.close-application', applicationId)
      expect(await player.ends(instance)).to.include.members(['EndEvent_SocialInsuranceRowDeclined', 'EndEvent_MedicalInsuranceRow'])
    })

    it('refuses the row of a medical insurance that was withdrawn before it was looked at', async () => {
      const { applicationId, instance, id } = await startApplication(['MedicalInsurance', 'Contribution'], ['MedicalInsurance'])
      await player.work('common.accept-application', applicationId)
      await settle(id('MedicalInsurance'), 'withdrawn')
      expect((await player.work('common.decline-row', applicationId)).insurance).to.equal('medical-insurance')
      await collect(applicationId)
      await player.work('common.close-application', applicationId)
      expect(await player.ends(instance)).to.include('EndEvent_MedicalInsuranceRowDeclined')
    })

    it('pays for the medical insurance though its change was refused: the enrolment goes on', async () => {
      const { applicationId, instance, id } = await startApplication(['MedicalInsurance', 'Contribution'], ['MedicalInsurance'])
      await player.work('common.accept-application', applicationId)
      const item = id('MedicalInsurance')
      await player.work('common.open-item', item, opened('medical'))
      await player.work('ningxia.medical-insurance.verify', item, { ...doubtful, medicalAction: 'change' })
      await player.decide(item, 'Task_Review', 'reject')
      await player.work('common.conclude-item', item, { outcome: 'rejected' })
      await settle(id('MedicalInsuranceRow'), 'approved')
      await collect(applicationId)
      await player.work('common.close-application', applicationId)
      expect(await player.ends(instance)).to.include('EndEvent_MedicalInsuranceRow').and.not.include('EndEvent_MedicalInsuranceRowDeclined')
    })

    it('runs any single matter, and a row that rests on an existing enrolment, without waiting', async () => {
      const alone = ['ArchiveTransfer', 'SocialSecurityCard', 'SocialInsurance', 'Contribution']
      const { applicationId, instance, id } = await startApplication(alone, ['MedicalInsurance'])
      await player.work('common.accept-application', applicationId)
      for (const one of ['ArchiveTransfer', 'SocialSecurityCard', 'SocialInsurance', 'MedicalInsuranceRow']) await settle(id(one), 'withdrawn')
      await collect(applicationId)
      await player.work('common.close-application', applicationId)
      expect(await player.ends(instance)).to.deep.equal(['EndEvent_ArchiveTransfer', 'EndEvent_Closed', 'EndEvent_MedicalInsuranceRow',
        'EndEvent_SocialInsurance', 'EndEvent_SocialSecurityCard'])
    })
  })
})
