import { Button, Space } from 'antd'
import { answer, api } from '../../shared/api.ts'
import { moment } from '../../staff/labels.ts'
import { useDeed } from '../../staff/use-deed.ts'
import { useNames } from '../board/use-summary.ts'
import { ReplyBox } from './ReplyBox.tsx'
import type { Opinion } from './use-voices.ts'
import { VOICES } from './use-voices.ts'

/** One opinion: it can be taken up, so that colleagues see that somebody is at it, and answered. */
export function OpinionEntry({ opinion }: { opinion: Opinion }) {
  const { id, number, department, division, status, text, contact, submittedAt } = opinion
  const names = useNames()
  const params = { path: { id } }
  const take = useDeed(VOICES, '已开始处理', () => answer(api.POST('/feedback/{id}/take', { params, body: {} })))
  const reply = useDeed(VOICES, '已答复', (words: string) => answer(api.POST('/feedback/{id}/reply', { params, body: { text: words } })))
  const about = [department && names('departments', department), division && names('divisions', division)].filter(Boolean).join('，')
  return (
    <>
      <p>{text}</p>
      <p className="quiet">意见 {number}，{moment(submittedAt)}{about && `，关于${about}`}，{contact === null ? '没有留联系方式' : `联系方式 ${contact}`}</p>
      <Space align="start" wrap>
        {status === 'received' && <Button aria-label={`开始处理：${number}`} loading={take.isPending} onClick={() => take.mutate(undefined)}>开始处理</Button>}
        <ReplyBox id={id} subject={number} isBusy={reply.isPending} onReply={words => reply.mutate(words)} />
      </Space>
    </>
  )
}
