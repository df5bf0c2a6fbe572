import { answer, api } from '../../shared/api.ts'
import { moment } from '../../staff/labels.ts'
import { useDeed } from '../../staff/use-deed.ts'
import { RATINGS } from '../labels.ts'
import { ReplyBox } from './ReplyBox.tsx'
import type { BadRating } from './use-voices.ts'
import { VOICES } from './use-voices.ts'

/** One bad rating with what was said about it since; while it waits it can be replied to. */
export function RatingEntry({ rating }: { rating: BadRating }) {
  const { id, number, title, level, reasons, text, ratedAt, awaitsReply, remarks } = rating
  const params = { path: { id } }
  const reply = useDeed(VOICES, '已回复', (words: string) => answer(api.POST('/ratings/{id}/reply', { params, body: { text: words } })))
  return (
    <>
      <p><strong>{RATINGS[level]}</strong>　{title}</p>
      <p className="quiet">办件 {number ?? '—'}，{moment(ratedAt)}</p>
      {reasons.length > 0 && <p>原因：{reasons.map(reason => reason.text).join('、')}</p>}
      {text !== null && <p>{text}</p>}
      {remarks.map(remark => (
        <p key={remark.at}>
          {remark.kind === 'reply' ? '回复' : `追评（${RATINGS[remark.level ?? 0]}）`}：{remark.text ?? '没有文字'}
          <span className="quiet">　{moment(remark.at)}</span>
        </p>
      ))}
      {awaitsReply && <ReplyBox id={id} subject={`${title}，${number ?? ''}`} isBusy={reply.isPending} onReply={words => reply.mutate(words)} />}
    </>
  )
}
