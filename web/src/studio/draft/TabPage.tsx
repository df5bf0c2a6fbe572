import { useOutletContext, useParams } from 'react-router'
import { NothingHere } from '../frame/NothingHere.tsx'
import { tabsFor } from './tabs.ts'
import type { Draft } from './use-draft.ts'

/** The tab that the address names. */
export function TabPage() {
  const { kind } = useOutletContext<Draft>()
  const { tab } = useParams()
  const found = tabsFor(kind).find(({ path }) => path === tab)
  return found ? <found.Page /> : <NothingHere />
}
