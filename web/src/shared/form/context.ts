import { createContext, use } from 'react'

export interface NamedDivision {
  /** Six digits. */
  readonly code: string
  readonly name: string
}

export interface Source {
  readonly text: string
  /** Shown, but not to be changed here. */
  readonly isReadOnly: boolean
}

/** What all fields of a form share. */
export interface FormContext {
  /** What is wrong, by JSON pointer; only what the person should see now. */
  readonly problems: ReadonlyMap<string, string>
  readonly divisions: readonly NamedDivision[]
  readonly provinces: readonly NamedDivision[]
  /** Where the value of a field came from, and whether that source is the one that counts. */
  readonly sourceOf?: (pointer: string, value: unknown) => Source | undefined
  readonly onChange: (pointer: string, value: unknown) => void
}

export const Form = createContext<FormContext>({ problems: new Map(), divisions: [], provinces: [], onChange: () => undefined })

export const useForm = (): FormContext => use(Form)

/** The name of a division of twelve digits: that of the smallest known one in which it lies. */
export function divisionName(code: string, { divisions, provinces }: Pick<FormContext, 'divisions' | 'provinces'>): string {
  const known = [...divisions, ...provinces]
  const named = [6, 4, 2].map(length => known.find(one => one.code === code.slice(0, length).padEnd(6, '0'))).find(Boolean)
  return named?.name ?? code
}
