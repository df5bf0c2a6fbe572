import { Button } from 'antd'
import type { Change } from './use-release.ts'

export const CHANGES: Readonly<Record<Change['kind'], string>> = { added: '新增', removed: '删去', changed: '修改', moved: '移动' }

interface Props {
  readonly changes: readonly Change[]
  /** Brings the element into sight; without it the list only tells. */
  readonly onSelect?: (element: string) => void
}

/** What differs, as text; the kind is said in words, not by colour alone. */
export function ChangeList({ changes, onSelect }: Props) {
  if (changes.length === 0) return <p>没有差别。</p>
  return (
    <ol className="changes" aria-label={`差别，共 ${changes.length} 处`}>
      {changes.map(({ kind, element, text }) => (
        <li key={`${kind} ${element}`}>
          <span className={`change-kind change-${kind}`}>{CHANGES[kind]}</span>{' '}
          {onSelect ? <Button type="link" onClick={() => onSelect(element)}>{text}</Button> : text}
        </li>
      ))}
    </ol>
  )
}
