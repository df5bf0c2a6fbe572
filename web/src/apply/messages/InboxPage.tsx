import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from 'react-router'
import { answer, api } from '../../shared/api.ts'
import { moment } from '../../shared/words.ts'
import { ErrorNote } from '../frame/ErrorNote.tsx'
import { Page } from '../frame/Page.tsx'
import { RequireLogin } from '../frame/RequireLogin.tsx'
import { INBOX } from './unread.ts'

/** 站内信: what was told of all one's cases, the latest first, each with what to do next. */
export function InboxPage() {
  return <RequireLogin><Inbox /></RequireLogin>
}

function Inbox() {
  const queries = useQueryClient()
  const list = useInfiniteQuery({
    queryKey: [INBOX, 'pages'],
    queryFn: ({ pageParam }) => readPage(pageParam),
    initialPageParam: '',
    getNextPageParam: page => page.cursor
  })
  const read = useMutation({
    mutationFn: () => answer(api.POST('/messages/read', { body: {} })),
    onSuccess: () => queries.invalidateQueries({ queryKey: [INBOX] })
  })
  const messages = list.data?.pages.flatMap(page => page.messages) ?? []
  const unread = list.data?.pages[0]?.unread ?? 0
  return (
    <Page title="消息">
      <ErrorNote error={list.error ?? read.error} onRetry={() => void list.refetch()} />
      {list.isPending && <p role="status">正在读取…</p>}
      {list.isSuccess && messages.length === 0 && <p>还没有消息。提交申请后，每一步的进展都会写在这里。</p>}
      {unread > 0 && (
        <p>有 {unread} 条未读。<button type="button" className="quiet" onClick={() => read.mutate()}>全部标为已读</button></p>
      )}
      <ul className="cards">{messages.map(one => <Message key={one.id} message={one} />)}</ul>
      {list.hasNextPage && <button type="button" className="quiet wide" onClick={() => void list.fetchNextPage()}>更早的</button>}
      <p><Link to="/mine/contact">让亲友也收到短信</Link></p>
      <p><Link to="/mine">我的办件</Link></p>
    </Page>
  )
}

const readPage = (cursor: string) => answer(api.GET('/messages', { params: { query: cursor ? { cursor } : {} } }))

type InboxMessage = Awaited<ReturnType<typeof readPage>>['messages'][number]

function Message({ message }: { message: InboxMessage }) {
  const { at, applicationId, number, title, text, next, isRead } = message
  return (
    <li>
      <h2>{title}{!isRead && <> <span className="tag todo">未读</span></>}</h2>
      <p className="hint">{moment(at)}</p>
      <p>{text}</p>
      {next && <p>{next}</p>}
      <p><Link to={`/cases/${applicationId}`}>查看办件{number && ` ${number}`}</Link></p>
    </li>
  )
}
