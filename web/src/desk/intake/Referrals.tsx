import { useQuery } from '@tanstack/react-query'
import { answer, api } from '../../shared/api.ts'
import { PrintButton } from '../shared/PrintButton.tsx'

/** What is not taken at this counter: a paper sends the person on. Nothing where the region takes everything. */
export function Referrals({ reading }: { reading: string }) {
  const referrals = useQuery({ queryKey: ['referrals'], queryFn: () => answer(api.GET('/window/referrals')), staleTime: Infinity })
  const list = referrals.data?.referrals ?? []
  if (list.length === 0) return null
  return (
    <>
      <h3>本窗口不受理的</h3>
      <ul className="plain">
        {list.map(({ code, title, to }) => (
          <li key={code}>
            <span>{title}：请到{to}办理</span>
            <PrintButton path={`window/referrals/${code}.pdf`} body={{ reading }} label="转办告知单" />
          </li>
        ))}
      </ul>
    </>
  )
}
