import { useState } from 'react'
import { Link } from 'react-router'
import { moment } from '../../shared/words.ts'
import { Loaded } from '../frame/Loaded.tsx'
import type { Case } from './case.ts'
import { FollowUp } from './FollowUp.tsx'
import { useGivenRatings } from './given-ratings.ts'
import type { Given } from './given-ratings.ts'
import { levelsOf, useRatingOptions } from './rating-options.ts'

/** The ratings of a case with what the office replied, and the way to rate the whole once it is closed. */
export function GivenRatings({ one }: { one: Case }) {
  const given = useGivenRatings(one)
  const isRated = given.data?.some(({ slug }) => slug === null) ?? false
  return (
    <>
      {given.data && given.data.length > 0 && (
        <section aria-labelledby="ratings">
          <h2 id="ratings">您的评价</h2>
          <ul className="cards">{given.data.map(rating => <li key={rating.id}><Rating id={one.id} rating={rating} /></li>)}</ul>
        </section>
      )}
      {one.status === 'completed' && !isRated && <p><Link className="button quiet wide" to={`/cases/${one.id}/rate`}>评价这次办理</Link></p>}
    </>
  )
}

function Rating({ id, rating }: { id: string; rating: Given }) {
  const { title, level, reasons, text, ratedAt, awaitsReply, remarks } = rating
  const [isAdding, setAdding] = useState(false)
  const options = useRatingOptions()
  const mayAdd = !remarks.some(({ kind }) => kind === 'follow-up')
  return (
    <Loaded query={options}>
      {known => {
        const wordOf = (value: number | null): string => levelsOf(known).find(one => one.value === String(value))?.label ?? ''
        return (
          <>
            <p><strong>{title}：{wordOf(level)}</strong> <span className="hint">{moment(ratedAt)}</span></p>
            {reasons.length > 0 && <p>{reasons.map(reason => reason.text).join('、')}</p>}
            {text && <p>{text}</p>}
            {remarks.map(remark => (
              <div key={remark.at} className="note">
                <p>{remark.kind === 'reply' ? '工作人员回复' : `您的追评：${wordOf(remark.level)}`} <span className="hint">{moment(remark.at)}</span></p>
                {remark.text && <p>{remark.text}</p>}
              </div>
            ))}
            {awaitsReply && <p>等待工作人员回复，回复会写在这里。</p>}
            {mayAdd && !isAdding && (
              <p><button type="button" className="quiet" onClick={() => setAdding(true)}>追评<span className="unseen">：{title}</span></button></p>
            )}
            {mayAdd && isAdding && (
              <FollowUp id={id} ratingId={rating.id} levels={levelsOf(known)} onCancel={() => setAdding(false)} />
            )}
          </>
        )
      }}
    </Loaded>
  )
}
