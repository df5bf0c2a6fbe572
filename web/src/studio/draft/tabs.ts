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

const BOTH = ['process', 'decision'] as const

/** The tabs of a draft in their order; each lives in a folder of its own and reads the draft by `useDraft`. */
const TABS: readonly Tab[] = [
  { path: 'draw', title: '图形', kinds: ['process'], Page: lazy(async () => ({ default: (await import('../draw/DrawTab.tsx')).DrawTab })) },
  { path: 'table', title: '规则表', kinds: ['decision'], Page: lazy(async () => ({ default: (await import('../tables/TableTab.tsx')).TableTab })) },
  { path: 'forms', title: '表单', kinds: ['process'], Page: lazy(async () => ({ default: (await import('../forms/FormsTab.tsx')).FormsTab })) },
  { path: 'check', title: '检查', kinds: BOTH, Page: lazy(async () => ({ default: (await import('../check/CheckTab.tsx')).CheckTab })) },
  { path: 'scenarios', title: '演练', kinds: BOTH, Page: lazy(async () => ({ default: (await import('../scenarios/ScenariosTab.tsx')).ScenariosTab })) },
  { path: 'compare', title: '对照', kinds: BOTH, Page: lazy(async () => ({ default: (await import('../release/CompareTab.tsx')).CompareTab })) },
  { path: 'impact', title: '影响', kinds: BOTH, Page: lazy(async () => ({ default: (await import('../release/ImpactTab.tsx')).ImpactTab })) },
  { path: 'release', title: '发布', kinds: BOTH, Page: lazy(async () => ({ default: (await import('../release/ReleaseTab.tsx')).ReleaseTab })) }
]

/** The tabs that a draft of this kind has. */
export function tabsFor(kind: Draft['kind']): readonly Tab[] {
  return TABS.filter(({ kinds }) => kinds.includes(kind))
}
