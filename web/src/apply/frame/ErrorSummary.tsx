import { useEffect, useRef } from 'react'
import { Link } from 'react-router'
import { focusControl } from '../../shared/form/focus-control.ts'
import { controlId } from '../../shared/form/pointer.ts'

export interface Mistake {
  readonly path: string
  readonly message: string
  /** Page on which the field stands, when it is another one. */
  readonly page?: string
}

/**
 * The mistakes of a page above it, each leading to its field. It takes the focus once for each try, which `attempt` counts: a
 * mistake that comes while somebody types must not take the field away from them.
 */
export function ErrorSummary({ mistakes, attempt }: { mistakes: readonly Mistake[]; attempt: number }) {
  const box = useRef<HTMLDivElement>(null)
  const focused = useRef<number>(null)
  const hasMistakes = mistakes.length > 0
  useEffect(() => {
    if (!hasMistakes || focused.current === attempt) return
    focused.current = attempt
    box.current?.focus()
    box.current?.scrollIntoView({ block: 'start' })
  }, [attempt, hasMistakes])
  if (!hasMistakes) return null
  return (
    <div ref={box} className="note bad" role="alert" tabIndex={-1} aria-labelledby="mistakes">
      <h2 id="mistakes">有 {mistakes.length} 处需要改正</h2>
      <ul>
        {mistakes.map(({ path, message, page }) => (
          <li key={`${path} ${message}`}>
            {page
              ? <Link to={`${page}#${controlId(path)}`}>{message}</Link>
              : <a href={`#${controlId(path)}`} onClick={event => goTo(event, path)}>{message}</a>}
          </li>
        ))}
      </ul>
    </div>
  )
}

function goTo(event: { preventDefault(): void }, path: string): void {
  event.preventDefault()
  focusControl(controlId(path))
}
