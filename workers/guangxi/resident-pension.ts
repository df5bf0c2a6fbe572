import { registered } from '../../core/matter.ts'
import type { Matter, StepHandler } from '../../core/matter.ts'
import {
  employerPays, identityBody, isEnrolled, isHouseholdOutside, isStudent, readRecords, verifyBy
} from '../../core/person-records.ts'
import type { PersonRecords } from '../../core/person-records.ts'

type Licences = PersonRecords['licences']

const holds = (licences: Licences, type: string): boolean => licences.some(one => one.type === type)
const isSeverelyDisabled = (licences: Licences): boolean =>
  licences.some(({ type, level }) => type === 'disability' && /^[一二12]/.test(level))

/** Groups whose standing the public data platform can confirm (notice, 五, 注); all others show their papers to a person. */
const PROOFS: Readonly<Record<string, (licences: Licences) => boolean>> = {
  'severely-disabled': isSeverelyDisabled,
  'low-income-disabled': licences => holds(licences, 'disability') && holds(licences, 'minimum-living-allowance'),
  'subsistence-allowance': licences => holds(licences, 'minimum-living-allowance'),
  'extreme-poverty': licences => holds(licences, 'extreme-poverty-support'),
  'returned-to-poverty': licences => holds(licences, 'poverty-return-monitoring')
}

const LICENCES = ['disability', 'minimum-living-allowance', 'extreme-poverty-support', 'poverty-return-monitoring']

const verifySpecialGroup: StepHandler = async ({ fields }, { ask }) => {
  const groups = Array.isArray(fields['specialGroups']) ? fields['specialGroups'].map(String) : []
  const result = (specialGroup: string, reasons: { code: string, message: string }[] = []) =>
    ({ variables: { specialGroup }, receipt: null, reasons })
  if (groups.length === 0) return result('none')
  const reply = await ask('person-verification', identityBody(fields, LICENCES))
  const licences = reply ? readRecords(reply).licences : []
  if (groups.every(group => PROOFS[group]?.(licences))) return result('confirmed')
  return result('unconfirmed', [
    { code: 'MATERIAL_MISSING', message: '特殊参保群体身份未能通过数据共享核验，须由工作人员核对证明材料。' }
  ])
}

export const matter: Matter = {
  slug: 'resident-pension',
  title: '城乡居民基本养老保险参保登记',
  steps: {
    /** 广西户籍、年满16周岁（不含在校学生）、不属于职工养老覆盖范围 (notice, 四（一）3（2）). */
    verify: verifyBy([
      isHouseholdOutside('45'), isStudent, employerPays('pension', 'medical'),
      isEnrolled('resident-pension', 'employee-pension', 'institution-pension', 'institution-medical')
    ]),

    'verify-special-group': verifySpecialGroup,

    /** The tier is in yuan; an amount that the pooling area added comes in fen. */
    register: async ({ fields: { paymentTier, localTierFen, ...fields } }, { department }) => {
      const tier = paymentTier === 'local' ? Number(localTierFen) / 100 : paymentTier
      return registered(await department('resident-pension-registration', { ...fields, tier }))
    }
  }
}
