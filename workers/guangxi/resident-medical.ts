import { registered } from '../../core/matter.ts'
import type { Matter, StepHandler } from '../../core/matter.ts'
import { employerPays, identityBody, isEnrolled, isInsuredElsewhere, lacksResidencePermit, readRecords, verifyBy } from '../../core/person-records.ts'

/** 特殊人员类别身份认定以相关部门出具的名单为准 (form, 须知3): the lists that the public data platform keeps. */
const LISTS = ['disability', 'minimum-living-allowance', 'extreme-poverty-support', 'poverty-return-monitoring']

const checkSpecialList: StepHandler = async ({ fields }, { ask }) => {
  const reply = await ask('person-verification', identityBody(fields, LISTS))
  if (!reply) {
    const reasons = [{ code: 'MATERIAL_MISSING', message: '特殊人员名单暂时无法比对，须由工作人员核对。' }]
    return { variables: { specialList: 'unlisted' }, receipt: null, reasons }
  }
  const isListed = readRecords(reply).licences.some(({ type }) => LISTS.includes(type))
  return { variables: { specialList: isListed ? 'listed' : 'none' }, receipt: null, reasons: [] }
}

export const matter: Matter = {
  slug: 'resident-medical',
  title: '城乡居民基本医疗保险参保登记',
  steps: {
    /** 未就业，在户籍地或居住地参保 (notice, 四（一）4（1）（2）; 五: 居住证). */
    verify: verifyBy([
      employerPays('medical', 'pension'), isInsuredElsewhere, lacksResidencePermit('45'),
      isEnrolled('resident-medical', 'employee-medical', 'institution-medical', 'institution-pension')
    ], ['residence-permit']),

    'check-special-list': checkSpecialList,

    /** 城乡居民参保登记. */
    register: async ({ fields }, { department }) => registered(await department('resident-medical-registration', fields))
  }
}
