import type { DraftState, Hindrance } from '../../shared/draft/draft-store.ts'

/** What a person can do about a draft that is not saved. */
export type WayOut = 'login' | 'choose' | 'again'

export const WAYS_OUT: Readonly<Record<Hindrance, WayOut>> = { login: 'login', conflict: 'choose', away: 'again', refused: 'again' }

/**
 * What is said beside a button that was pressed in vain, since the line on top of the page may be out of sight; `null` as soon as
 * nothing hinders any more.
 */
export function wordsAtButton({ hindrance, hasUnsaved }: Pick<DraftState, 'hindrance' | 'hasUnsaved'>): string | null {
  if (!hindrance) return hasUnsaved ? '您刚才又改了内容，还没有保存好，请再按一次。' : null
  return `还没有保存，所以停在这一页。${reasonOf(hindrance.kind, hindrance.message)}`
}

function reasonOf(kind: Hindrance, message: string): string {
  if (kind === 'away') return '现在连不上服务器，连上后请再按一次。'
  if (kind === 'login') return '登录过期了，内容还在，请重新登录。'
  if (kind === 'conflict') return '别处也改了这份草稿，请选择保留哪一份。'
  return message
}
