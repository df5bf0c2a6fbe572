import { useQuery } from '@tanstack/react-query'
import { answer, api } from '../../shared/api.ts'
import type { Schemas } from '../../shared/api.ts'
import { parcelStatus } from '../../shared/words.ts'
import { moment } from '../labels.ts'

/** What of the case goes by post; nothing where nothing is mailed. */
export function ParcelsOf({ applicationId }: { applicationId: string }) {
  const application = useQuery({
    queryKey: ['pickup', 'parcels', applicationId],
    queryFn: () => answer(api.GET('/applications/{id}', { params: { path: { id: applicationId } } }))
  })
  return <Parcels parcels={application.data?.parcels} />
}

/** Each parcel with the number to follow it by, and how far it is. */
export function Parcels({ parcels = [] }: { parcels: readonly Schemas['Parcel'][] | undefined }) {
  if (parcels.length === 0) return null
  return (
    <>
      <h3>邮寄的结果</h3>
      <ul className="plain">
        {parcels.map(({ trackingNumber, status, updatedAt }) => (
          <li key={trackingNumber}>
            <span>邮件号 {trackingNumber}　{parcelStatus[status]}</span><span className="quiet">{moment(updatedAt)}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
