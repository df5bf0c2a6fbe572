import { lazy } from 'react'
import type { LazyExoticComponent } from 'react'

interface StudioPage {
  /** Path below /studio. */
  readonly path: string
  readonly title: string
  readonly Page: LazyExoticComponent<() => React.ReactNode>
}

/** What the studio has beside the drafts, in the order of its menu; each page is a chunk of its own. */
export const PAGES: readonly StudioPage[] = [
  { path: 'versions', title: '版本与发布', Page: lazy(async () => ({ default: (await import('./release/VersionsPage.tsx')).VersionsPage })) },
  { path: 'outline', title: '文字大纲', Page: lazy(async () => ({ default: (await import('./outline/OutlinePage.tsx')).OutlinePage })) }
]
