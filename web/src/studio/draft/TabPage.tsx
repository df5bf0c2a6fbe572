import { Navigate, useParams } from 'react-router'
import { NothingHere } from '../frame/NothingHere.tsx'
import { tabsFor } from './tabs.ts'
import { useDraft } from './use-draft.ts'

/** The tab that the address names. */
export function TabPage() {
  const { kind } = useDraft()
  const { tab } = useParams()
  const found = tabsFor(kind).find(({ path }) => path === tab)
  return found ? <found.Page /> : <NothingHere />
}

/** Where a draft opens. */
export function FirstTab() {
  return <Navigate to={tabsFor(useDraft().kind)[0]!.path} replace />
}
