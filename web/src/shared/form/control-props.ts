import type { Schema, Ui } from './schema.ts'

/** What every control of a form is given, whatever it shows. */
export interface ControlProps {
  readonly schema: Schema
  readonly ui: Ui
  readonly id: string
  readonly value: unknown
  readonly isRequired: boolean
  readonly isFixed: boolean
  readonly isWrong: boolean
  readonly describedBy: string | undefined
  readonly onChange: (value: unknown) => void
}
