import { Button, Popconfirm, Space, Spin, Tag } from 'antd'
import { Suspense, useState } from 'react'
import { NavLink, Outlet, useNavigate, useParams } from 'react-router'
import { answer, api } from '../../shared/api.ts'
import { Loaded } from '../../staff/Loaded.tsx'
import { useDeed } from '../../staff/use-deed.ts'
import { useModelName } from '../drafts/use-drafts.ts'
import { DRAFT_STATES } from '../labels.ts'
import { History } from './History.tsx'
import { tabsFor } from './tabs.ts'
import { useDraftQuery } from './use-draft.ts'
import type { Draft } from './use-draft.ts'

/** One draft: what it is, its history, and its tabs. */
export function DraftPage() {
  const { draft: id = '' } = useParams()
  const query = useDraftQuery(id)
  return (
    <Loaded query={query}>
      {draft => (
        <>
          <Head draft={draft} />
          <nav className="draft-tabs" aria-label="这份草案">
            {tabsFor(draft.kind).map(({ path, title }) => <NavLink key={path} to={`/drafts/${draft.id}/${path}`}>{title}</NavLink>)}
          </nav>
          <Suspense fallback={<Spin description="正在打开" />}><Outlet context={draft} /></Suspense>
        </>
      )}
    </Loaded>
  )
}

function Head({ draft }: { draft: Draft }) {
  const nameOf = useModelName()
  const navigate = useNavigate()
  const [isHistory, setHistory] = useState(false)
  const discard = useDeed('drafts', '草案已作废', async (_: undefined) => {
    await answer(api.DELETE('/drafts/{draft}', { params: { path: { draft: draft.id } } }))
    void navigate('/')
  })
  return (
    <div className="page-head">
      <div>
        <h1>{nameOf(draft.key)} <Tag>{DRAFT_STATES[draft.state]}</Tag></h1>
        <p className="quiet"><code>{draft.key}</code>，起自现行第 {draft.baseVersion} 版，第 {draft.version} 次保存</p>
      </div>
      <Space>
        <Button onClick={() => setHistory(true)}>历史</Button>
        {draft.state === 'editing' && (
          <Popconfirm title="作废这份草案？历史仍会保留。" okText="作废" cancelText="不作废" onConfirm={() => discard.mutate(undefined)}>
            <Button danger>作废</Button>
          </Popconfirm>
        )}
      </Space>
      <History draft={draft} isOpen={isHistory} onClose={() => setHistory(false)} />
    </div>
  )
}
