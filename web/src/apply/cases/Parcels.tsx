import type { Schemas } from '../../shared/api.ts'
import { yuan } from '../../shared/form/schema.ts'
import { titleOf } from '../../shared/region.ts'
import type { Guide } from '../../shared/region.ts'
import { moment, parcelStatus } from '../../shared/words.ts'

/** Results on their way by mail: the number to follow them by, and what is paid at the door. */
export function Parcels({ parcels, guide }: { parcels: readonly Schemas['Parcel'][]; guide: Guide }) {
  if (parcels.length === 0) return null
  return (
    <>
      <h2>邮寄</h2>
      <ul className="cards">
        {parcels.map(({ trackingNumber, status, matters, postageFen, collectedFen, updatedAt }) => (
          <li key={trackingNumber}>
            <p>邮件号 <strong className="number">{trackingNumber}</strong> <span className="tag">{parcelStatus[status]}</span></p>
            <p>{matters.map(slug => titleOf(guide, slug)).join('、')}</p>
            {postageFen !== null && (
              <p>邮递费 {yuan(postageFen)} 元，{collectedFen === null ? '收件时支付' : '已付'}</p>
            )}
            <p className="hint">更新于 {moment(updatedAt)}</p>
          </li>
        ))}
      </ul>
    </>
  )
}
