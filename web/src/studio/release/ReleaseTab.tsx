import { Alert, Button, Input, Space } from 'antd'
import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { answer, api } from '../../shared/api.ts'
import { useMe } from '../../shared/session.ts'
import { Loaded } from '../../staff/Loaded.tsx'
import { useDeed } from '../../staff/use-deed.ts'
import type { Draft } from '../draft/use-draft.ts'
import { useDraft } from '../draft/use-draft.ts'
import { ChangeList } from './ChangeList.tsx'
import { useImpact } from './use-release.ts'

/** How a draft gets into force: one person hands it in with a reason, another releases it or gives it back. */
export function ReleaseTab() {
  const draft = useDraft()
  return (
    <>
      {draft.state === 'editing' && <HandIn draft={draft} />}
      {draft.state === 'submitted' && <Decide draft={draft} />}
      {draft.state === 'released' && <Alert type="success" showIcon title="这份草案已经发布，见“版本与发布”。" />}
      <h2>将要发布的改动</h2>
      <Loaded query={useImpact(draft)}>{({ changes }) => <ChangeList changes={changes} />}</Loaded>
    </>
  )
}

function HandIn({ draft: { id } }: { draft: Draft }) {
  const [reason, setReason] = useState('')
  const deed = useDraftDeed('已送审，请另一位设计人员发布', () =>
    answer(api.POST('/drafts/{draft}/release', { params: { path: { draft: id } }, body: { reason } })))
  return (
    <form
      className="release-form"
      onSubmit={event => {
        event.preventDefault()
        deed.mutate(undefined)
      }}
    >
      <h2>送审</h2>
      <label htmlFor="release-reason">为什么要改（会随发布一并留存）</label>
      <Input.TextArea id="release-reason" rows={3} maxLength={500} value={reason} onChange={({ target }) => setReason(target.value)} />
      {deed.error && <Alert type="error" showIcon title={<span className="lines">{deed.error.message}</span>} role="alert" />}
      <Space><Button type="primary" htmlType="submit" disabled={reason.trim().length < 2} loading={deed.isPending}>送审</Button></Space>
    </form>
  )
}

function Decide({ draft: { id, reason, submittedBy } }: { draft: Draft }) {
  const me = useMe()
  const path = { params: { path: { draft: id } } }
  const approve = useDraftDeed('已发布', () => answer(api.POST('/drafts/{draft}/approve', path)))
  const giveBack = useDraftDeed('已退回修改', () => answer(api.POST('/drafts/{draft}/return', path)))
  const isMine = me.data?.account === submittedBy
  return (
    <section className="release-form" aria-label="发布">
      <h2>等待另一人发布</h2>
      <p>由 <code>{submittedBy}</code> 送审，理由：{reason}</p>
      {isMine && <Alert type="info" showIcon title="这份草案由您送审，须由没有参与修改的另一位设计人员发布。" />}
      {approve.error && <Alert type="error" showIcon title={approve.error.message} role="alert" />}
      <Space>
        <Button type="primary" loading={approve.isPending} onClick={() => approve.mutate(undefined)}>发布</Button>
        <Button loading={giveBack.isPending} onClick={() => giveBack.mutate(undefined)}>退回修改</Button>
      </Space>
    </section>
  )
}

/** A deed after which the draft and all that hangs on it are read anew. */
function useDraftDeed(done: string, work: () => Promise<unknown>) {
  const queries = useQueryClient()
  return useDeed('draft', done, async (_: undefined) => {
    await work()
    for (const key of ['drafts', 'definitions', 'versions', 'releases']) void queries.invalidateQueries({ queryKey: [key] })
  })
}
