import { registered } from '../../core/matter.ts'
import type { Matter, StepHandler } from '../../core/matter.ts'
import { employerPays, hasAppliedForCard, verifyBy } from '../../core/person-records.ts'

/**
 * The maker's own check of the photo (notice, 五: 358×441 px, 350 DPI, 30–50 K, jpg); no photo, or a ground that is not quite
 * white, is a doubt too.
 */
const checkPhoto: StepHandler = async ({ fields: { photo, ...person } }, { department }) => {
  if (!photo) {
    const reasons = [{ code: 'MATERIAL_MISSING', message: '没有收到制卡照片，须由工作人员核对。' }]
    return { variables: { photo: 'doubtful' }, receipt: null, reasons }
  }
  const { isDoubtful, ...measures } = photo as { readonly isDoubtful?: boolean }
  const { status, receipt, reasons } = await department('card-photo-check', { ...person, photo: measures })
  const doubts = isDoubtful ? [...reasons, { code: 'PHOTO_NOT_STANDARD', message: '照片底色有少部分不够白，须由工作人员核对。' }] : reasons
  return { variables: { photo: status === 'done' && !isDoubtful ? 'passed' : 'doubtful' }, receipt, reasons: doubts }
}

export const matter: Matter = {
  slug: 'social-security-card',
  title: '社会保障卡（含电子社保卡）申领',
  steps: {
    /** 从未提交过社会保障卡制卡申请的灵活就业人员 (notice, 四（一）5). */
    verify: verifyBy([hasAppliedForCard, employerPays('pension', 'medical')]),

    'check-photo': checkPhoto,

    /** Ends with the order confirmed; making and delivering the card follow by call-back. */
    order: async ({ fields: { isLongTermValid, idValidTo, ...fields } }, { department }) =>
      registered(await department('card-order', isLongTermValid ? fields : { ...fields, idValidTo }))
  }
}
