import { useMutation } from '@tanstack/react-query'
import { useSearchParams } from 'react-router'
import { answer, api } from '../../shared/api.ts'
import { caseStatus, itemStatus, moment, toneOf } from '../../shared/words.ts'
import { NumberLookup } from '../frame/NumberLookup.tsx'
import type { Asked } from '../frame/NumberLookup.tsx'

/** Progress by number and the last four digits of the mobile, without login. */
export function LookupPage() {
  const [search] = useSearchParams()
  const lookup = useMutation({ mutationFn: lookUp })
  return (
    <NumberLookup
      title="查进度" numberLabel="办件编号" help="在回执上，也在短信里。" mobileLabel="申请时手机号的后四位"
      number={search.get('number') ?? ''} lookup={lookup}
    >
      {found => <Found found={found} />}
    </NumberLookup>
  )
}

const lookUp = (query: Asked) => answer(api.GET('/lookup', { params: { query } }))

function Found({ found }: { found: Awaited<ReturnType<typeof lookUp>> }) {
  return (
    <section aria-live="polite">
      <h2>{caseStatus[found.status]}</h2>
      <p>申请人 {found.applicant}，{moment(found.submittedAt)} 提交</p>
      <ul className="tasks">
        {found.items.map(({ slug, title, status }) => (
          <li key={slug}><span>{title}</span><span className={`tag ${toneOf(status)}`}>{itemStatus[status]}</span></li>
        ))}
      </ul>
      <p>登录后可以看到详细进度、领取结果和补正。</p>
    </section>
  )
}
