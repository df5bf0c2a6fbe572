import { useQuery } from '@tanstack/react-query'
import { Alert, Result } from 'antd'
import { useState, useSyncExternalStore } from 'react'
import { Link } from 'react-router'
import { answer, api } from '../../shared/api.ts'
import { Loaded } from '../../staff/Loaded.tsx'
import { SavedFirst } from '../draft/SavedFirst.tsx'
import { useDraft } from '../draft/use-draft.ts'
import { firstBeginning, nextBeginning } from './beginning.ts'
import { Drawing } from './Drawing.tsx'
import { forget } from './kept.ts'
import './draw.css'

const WIDE = '(min-width: 900px)'

/** Where the diagram of a draft is drawn. */
export function DrawTab() {
  const { id, state } = useDraft()
  if (!useIsWide()) {
    return (
      <Result
        status="info" title={<h2>画图需要更大的屏幕</h2>} subTitle="请在宽度不小于 900 像素的窗口中打开。其他各项在这里照常可用。"
        extra={<Link to={`/drafts/${id}/check`}>查看检查结果</Link>}
      />
    )
  }
  if (state !== 'editing') return <Alert type="info" showIcon title="这份草案已送审或已发布，不能再改。如需修改，请先退回或另起草案。" />
  return <SavedFirst draft={id}><Board /></SavedFirst>
}

function Board() {
  const draft = useDraft()
  const choices = useQuery({
    queryKey: ['choices', draft.id], staleTime: Infinity,
    queryFn: () => answer(api.GET('/drafts/{draft}/choices', { params: { path: { draft: draft.id } } }))
  })
  const [begun, setBegun] = useState(() => firstBeginning(draft))
  const restart = (xml?: string): void => {
    forget(draft.id)
    setBegun(({ round }) => nextBeginning(draft, round, xml))
  }
  return (
    <Loaded query={choices}>
      {known => <Drawing key={begun.round} draft={draft} begun={begun} choices={known} onRestart={restart} />}
    </Loaded>
  )
}

function useIsWide(): boolean {
  return useSyncExternalStore(onChange => {
    const query = matchMedia(WIDE)
    query.addEventListener('change', onChange)
    return () => query.removeEventListener('change', onChange)
  }, () => matchMedia(WIDE).matches)
}
