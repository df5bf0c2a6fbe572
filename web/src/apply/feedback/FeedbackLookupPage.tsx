import { useMutation } from '@tanstack/react-query'
import { useSearchParams } from 'react-router'
import { answer, api } from '../../shared/api.ts'
import type { Schemas } from '../../shared/api.ts'
import { moment } from '../../shared/words.ts'
import { NumberLookup } from '../frame/NumberLookup.tsx'
import type { Asked } from '../frame/NumberLookup.tsx'

const STATES: Readonly<Record<Schemas['FeedbackStatus'], string>> = { received: '已收到，还没有处理', processing: '正在处理', answered: '已答复' }

/** What became of an opinion, by its number and the mobile that was left with it. */
export function FeedbackLookupPage() {
  const [search] = useSearchParams()
  const lookup = useMutation({ mutationFn: (query: Asked) => answer(api.GET('/feedback/lookup', { params: { query } })) })
  return (
    <NumberLookup
      title="看意见的答复" numberLabel="意见编号" help="提交意见以后显示的编号。" mobileLabel="写意见时所留手机号的后四位"
      number={search.get('number') ?? ''} lookup={lookup}
    >
      {({ status, submittedAt, reply, answeredAt }) => (
        <section aria-live="polite">
          <h2>{STATES[status]}</h2>
          <p>{moment(submittedAt)} 提交</p>
          {reply !== null && <div className="note good"><p>{reply}</p>{answeredAt !== null && <p className="hint">{moment(answeredAt)}</p>}</div>}
        </section>
      )}
    </NumberLookup>
  )
}
