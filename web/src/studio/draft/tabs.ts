import { lazy } from 'react'
import type { LazyExoticComponent, ReactNode } from 'react'
import type { Draft } from './use-draft.ts'

interface Tab {
  /** Last part of the address. */
  readonly path: string
  readonly title: string
  /** For drafts of which kind it is. */
  readonly kinds: readonly Draft['kind'][]
  readonly Page: LazyExoticComponent<() => ReactNode>
}

/** The tabs of a draft in their order; each lives in a folder of its own and reads the draft by `useDraft`. */
const TABS: readonly Tab[] = [
  { path: 'draw', title: '图形', kinds: ['process'], Page: lazy(async () => ({ default: (await import('../draw/DrawTab.tsx')).DrawTab })) },
  { path: 'check', title: '检查', kinds: ['process', 'decision'], Page: lazy(async () => ({ default: (await import('../check/CheckTab.tsx')).CheckTab })) }
]

/** The tabs that a draft of this kind has. */
export function tabsFor(kind: Draft['kind']): readonly Tab[] {
  return TABS.filter(({ kinds }) => kinds.includes(kind))
}
