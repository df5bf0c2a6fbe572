import { fieldError } from '../../../core/errors.ts'
import type { ActionLevel, Rung } from '../../../core/supervision.ts'
import type { ServerContext } from '../../context.ts'

/** The rung of a region. Throws AppError FORM_INVALID where the region does not use it. */
export function rungOf({ regions }: Pick<ServerContext, 'regions'>, region: string, level: ActionLevel): Rung {
  const rung = regions.supervision(region).rungs.find(one => one.level === level)
  if (rung) return rung
  throw fieldError('/level', 'ENUM', '本地区不采用这一层级')
}

/** The first rung above those climbed already; the highest where there is none above. */
export function nextRung(rungs: readonly Rung[], climbed: readonly ActionLevel[]): Rung | undefined {
  const highest = Math.max(-1, ...climbed.map(level => rungs.findIndex(one => one.level === level)))
  return rungs[highest + 1] ?? rungs.at(-1)
}

/** The words that a rung begins with; the supervisor may change them. */
export function rungWords({ template }: Rung, values: Readonly<Record<'subject' | 'cause' | 'deadline', string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => values[name as keyof typeof values] ?? '')
}
