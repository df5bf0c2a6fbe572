import { checkPerson } from '../common/person-check.ts'
import { provinceOf } from '../common/province.ts'
import type { Fields, Kind, Reason } from '../common/types.ts'
import type { People } from '../people/index.ts'

/** Days that the maker of the cards takes. */
const CARD_DAYS = 3
const REGISTER = 'social-security-card'

/**
 * Orders the card. Who has ever applied for one is refused (从未提交过社会保障卡制卡申请); with `firstIn`, the code of a province, only
 * who has applied for one there (首次申领).
 */
export function cardOrderKind(people: People): Kind {
  return {
    callsBack: true,
    async handle(work) {
      const { idNumber } = checkPerson(work.fields)
      const firstIn = work.fields.firstIn as string | undefined
      const register = firstIn === undefined ? REGISTER : `${REGISTER}:${firstIn}`
      const records = people.byIdNumber(idNumber)?.records
      const isKnown = firstIn === undefined ? records?.cardApplied : records?.cardAppliedIn.includes(firstIn)
      if (isKnown || await work.latest(register, idNumber)) return { reasons: [{ code: 'ALREADY_APPLIED', message: '已提交过社会保障卡制卡申请，不能重复申领。' }] }
      const sequence = String(await work.next('card')).padStart(6, '0')
      const orderNumber = `ZK${work.today.replaceAll('-', '')}${sequence}`
      const electronicCardNumber = `E${firstIn?.slice(0, 2) ?? provinceOf(people, idNumber)}${work.today.slice(2, 4)}${sequence}`
      for (const name of new Set([REGISTER, register])) await work.add(name, idNumber, { orderNumber })
      return {
        result: { orderNumber, electronicCardNumber },
        later: [{ type: 'card-produced', afterDays: CARD_DAYS, data: { orderNumber } }]
      }
    }
  }
}

/** Checks what is told of the photo against the ministry's standard (notice, 五: 358×441 px, 350 DPI, 30–50 K, jpg). */
export function photoCheckKind(): Kind {
  return {
    handle(work) {
      checkPerson(work.fields)
      const reasons = photoReasons((work.fields.photo ?? {}) as Fields)
      return reasons.length > 0 ? { reasons } : { result: { accepted: true } }
    }
  }
}

function photoReasons({ mediaType, widthPx, heightPx, dpi, bytes }: Fields): Reason[] {
  const wrong: string[] = []
  if (mediaType !== undefined && mediaType !== 'image/jpeg') wrong.push('照片文件格式应为 jpg')
  const isWrongSize = (widthPx !== undefined && widthPx !== 358) || (heightPx !== undefined && heightPx !== 441)
  if (isWrongSize) wrong.push('照片规格应为 358×441 像素')
  if (dpi !== undefined && dpi !== 350) wrong.push('照片分辨率应为 350DPI')
  // The notice does not say whether its K is 1000 or 1024 bytes, so the wider range counts.
  if (typeof bytes === 'number' && (bytes < 30_000 || bytes > 51_200)) wrong.push('照片文件大小应为 30K 至 50K')
  return wrong.map(message => ({ code: 'PHOTO_NOT_STANDARD', message: `${message}。` }))
}
