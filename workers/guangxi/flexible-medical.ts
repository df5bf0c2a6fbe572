import { registered } from '../../core/matter.ts'
import type { Matter, StepHandler } from '../../core/matter.ts'
import { employerPays, isEnrolled, isInsuredElsewhere, lacksResidencePermit, verifyBy } from '../../core/person-records.ts'

/**
 * 新参保或欠缴3个月以上的需足额缴费后第三个月才能享受待遇 (form, 须知3). An enrolment that the register dates is the new one;
 * one without a date was taken over and goes on. Unanswered, the longer waiting time is assumed.
 */
const setBenefitStart: StepHandler = async ({ fields }, { ask }) => {
  const reply = await ask('enrolment-query', { ...fields, insurance: 'flexible-medical' })
  const goesOn = reply?.result['enrolled'] === true && reply.result['since'] === null
  return { variables: { benefitWait: goesOn ? 'none' : 'waiting' }, receipt: null, reasons: [] }
}

export const matter: Matter = {
  slug: 'flexible-medical',
  title: '灵活就业人员医疗保险参保登记',
  steps: {
    /** 在户籍地或居住地参保，未由用人单位参保 (notice, 四（一）4（1）（2）; 五: 居住证). */
    verify: verifyBy([
      employerPays('medical'), isInsuredElsewhere, lacksResidencePermit('45'),
      isEnrolled('employee-medical', 'resident-medical', 'institution-medical', 'institution-pension')
    ], ['residence-permit']),

    /** 灵活就业人员医疗保险申报. */
    register: async ({ fields }, { department }) => registered(await department('flexible-medical-registration', fields)),

    'set-benefit-start': setBenefitStart
  }
}
