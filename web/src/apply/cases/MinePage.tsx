import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { answer, api } from '../../shared/api.ts'
import type { Schemas } from '../../shared/api.ts'
import { caseStatus, moment } from '../../shared/words.ts'
import { ErrorNote } from '../frame/ErrorNote.tsx'
import { Page } from '../frame/Page.tsx'
import { RequireLogin } from '../frame/RequireLogin.tsx'
import { useUnread } from '../messages/unread.ts'
import { titleOf, useGuide } from '../../shared/region.ts'

type Summary = Schemas['ApplicationSummary']

/** 草稿箱 and the cases of whoever is logged in. */
export function MinePage() {
  return <RequireLogin><Mine /></RequireLogin>
}

function Mine() {
  const list = useInfiniteQuery({
    queryKey: ['applications'],
    queryFn: ({ pageParam }) => answer(api.GET('/applications', { params: { query: pageParam ? { cursor: pageParam } : {} } })),
    initialPageParam: '',
    getNextPageParam: page => page.cursor
  })
  const unread = useUnread()
  const all = list.data?.pages.flatMap(page => page.applications) ?? []
  const drafts = all.filter(({ status }) => status === 'draft')
  const cases = all.filter(({ status }) => status !== 'draft')
  return (
    <Page title="我的办件">
      <div className="actions">
        <Link className="button quiet wide" to="/mine/messages">消息{unread ? `（${unread} 条未读）` : ''}</Link>
        <Link className="plain" to="/mine/contact">让亲友也收到短信</Link>
      </div>
      <ErrorNote error={list.error} onRetry={() => void list.refetch()} />
      {list.isPending && <p role="status">正在读取…</p>}
      {list.isSuccess && all.length === 0 && <p>还没有草稿和办件。<Link to="/">去办理</Link></p>}
      {drafts.length > 0 && <h2>草稿箱</h2>}
      <ul className="cards">{drafts.map(one => <Card key={one.id} one={one} to={`/drafts/${one.id}`} />)}</ul>
      {cases.length > 0 && <h2>已提交</h2>}
      <ul className="cards">{cases.map(one => <Card key={one.id} one={one} to={`/cases/${one.id}`} />)}</ul>
      {list.hasNextPage && <button type="button" className="quiet wide" onClick={() => void list.fetchNextPage()}>更早的</button>}
    </Page>
  )
}

function Card({ one, to }: { one: Summary; to: string }) {
  const { data: guide } = useGuide(one.region ?? '')
  // A slug is for programs: until the titles are there nothing is shown.
  const names = guide ? one.matters.map(slug => titleOf(guide, slug)) : []
  return (
    <li>
      <Link to={to}>{one.number ?? `草稿：${names[0] ?? '尚未选择事项'}`}</Link>
      <span className="tag">{caseStatus[one.status]}</span>
      <p className="hint">{names.join('、')}</p>
      <p className="hint">更新于 {moment(one.updatedAt)}</p>
    </li>
  )
}
