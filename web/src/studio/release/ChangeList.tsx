import { Button } from 'antd'
import type { Change } from './use-release.ts'
import './changes.css'

export const CHANGES: Readonly<Record<Change['kind'], string>> = { added: '新增', removed: '删去', changed: '修改', moved: '移动' }

interface Props {
  readonly changes: readonly Change[]
  /** Brings the element into sight; without it the list only tells. */
  readonly onSelect?: (element: string) => void
}

/** What differs, as text that begins with its kind, so that the colour adds nothing that must be seen. */
export function ChangeList({ changes, onSelect }: Props) {
  if (changes.length === 0) return <p>没有差别。</p>
  return (
    <ol className="changes" aria-label={`差别，共 ${changes.length} 处`}>
      {changes.map(({ kind, element, text }) => (
        <li key={`${kind} ${element}`} className={`change-${kind}`}>
          {onSelect ? <Button type="link" onClick={() => onSelect(element)}>{text}</Button> : text}
        </li>
      ))}
    </ol>
  )
}
