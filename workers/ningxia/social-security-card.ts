import { mailed, registered } from '../../core/matter.ts'
import type { Matter, StepHandler } from '../../core/matter.ts'
import { hasAppliedForCardIn, verifyBy } from '../../core/person-records.ts'

const NINGXIA = '640000'

/** 社保卡申领成功后只支持邮寄服务，邮递费固定收取5.8元 (notice, 附件2 三4); the sum is the region's. */
const mail: StepHandler = async ({ fields }, { department }) =>
  mailed(await department('parcel', { ...fields, contents: '社会保障卡' }))

export const matter: Matter = {
  slug: 'social-security-card',
  title: '社会保障卡（含电子社保卡）申领',
  steps: {
    /** 申请人必须为首次申领宁夏社会保障卡 (notice, 附件2 三4); a card of another province is none. */
    verify: verifyBy([hasAppliedForCardIn(NINGXIA)]),

    /** Ends with the order confirmed; making the card follows by call-back, then it is mailed. */
    order: async ({ fields: { isLongTermValid, idValidTo, ...fields } }, { department }) =>
      registered(await department('card-order', { ...fields, ...(isLongTermValid ? {} : { idValidTo }), firstIn: NINGXIA })),

    mail
  }
}
