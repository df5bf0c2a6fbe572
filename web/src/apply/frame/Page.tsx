import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'

interface PageProps {
  readonly title: string
  /** Where one is in a sequence, said above the title. */
  readonly position?: string
  /** Number of mistakes on the page; the title of the window says so first, for those who hear it. */
  readonly mistakes?: number
  readonly children: ReactNode
}

/** One page: its title names the window, and takes the focus so that a screen reader begins here. */
export function Page({ title, position, mistakes = 0, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${mistakes > 0 ? '错误：' : ''}${title} · 灵活就业参保“一件事”`
  }, [title, mistakes])
  useEffect(() => {
    window.scrollTo(0, 0)
    heading.current?.focus({ preventScroll: true })
  }, [title])
  return (
    <>
      {position && <p className="position">{position}</p>}
      <h1 ref={heading} tabIndex={-1}>{title}</h1>
      {children}
    </>
  )
}
