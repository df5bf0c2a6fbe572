/** A day that differs from its weekday. */
export interface Day {
  readonly date: string
  readonly isOffDay: boolean
  readonly name: string
}

const LINE = /^(\d{4}-\d\d-\d\d)\s+(休|班)\s+(\S.*)$/

/** Reads one day a line, `2027-01-01 休 元旦` or `2027-01-03 班 元旦调休`; null tells of a line that is none. */
export function readDays(text: string): readonly Day[] | null {
  const lines = text.split('\n').map(line => line.trim()).filter(line => line !== '')
  const days = lines.flatMap(line => {
    const [, date, kind, name] = LINE.exec(line) ?? []
    return date && name ? [{ date, isOffDay: kind === '休', name: name.trim() }] : []
  })
  return days.length === lines.length && days.length > 0 ? days : null
}
