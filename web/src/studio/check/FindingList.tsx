import { Button } from 'antd'
import type { paths } from '../../shared/api.generated.ts'

export type Finding = paths['/drafts/{draft}/lint']['post']['responses']['200']['content']['application/json']['findings'][number]

interface Props {
  readonly findings: readonly Finding[]
  /** Shows the element; without it the list only tells. */
  readonly onSelect?: (element: string) => void
  /** How to go there and come back. */
  readonly hint?: string
}

/** What is wrong with which element, each with the page of its rule. */
export function FindingList({ findings, onSelect, hint }: Props) {
  return (
    <section aria-label={`检查结果，共 ${findings.length} 处`}>
      <h2>不合规则的有 {findings.length} 处</h2>
      {hint && <p className="quiet">{hint}</p>}
      <ol className="findings">
        {findings.map(({ rule, element, message }) => (
          <li key={`${rule} ${element} ${message}`}>
            {onSelect && element ? <Button className="finding" onClick={() => onSelect(element)}>{message}</Button> : message}
            {' '}<a href={`/lint/${rule}`} target="_blank" rel="noreferrer">规则说明</a>
          </li>
        ))}
      </ol>
    </section>
  )
}
