import { useQuery } from '@tanstack/react-query'
import { answer, api } from '../../shared/api.ts'
import { moment } from '../labels.ts'

const PARCEL = /^parcel-/

/** What of the case goes by post, with its number and how far it is; nothing where nothing is mailed. */
export function Parcels({ applicationId }: { applicationId: string }) {
  const application = useQuery({
    queryKey: ['pickup', 'parcels', applicationId],
    queryFn: () => answer(api.GET('/applications/{id}', { params: { path: { id: applicationId } } }))
  })
  const events = (application.data?.timeline ?? []).filter(({ type }) => PARCEL.test(type))
  if (events.length === 0) return null
  return (
    <>
      <h3>邮寄的结果</h3>
      <ul className="plain">{events.map(({ at, text }) => <li key={`${at}${text}`}><span>{text}</span><span className="quiet">{moment(at)}</span></li>)}</ul>
    </>
  )
}
