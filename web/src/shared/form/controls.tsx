import type { ComponentType } from 'react'
import { Checkboxes, Confirmation, Radios, Select, YesNo } from './choices.tsx'
import { DivisionSelect } from './DivisionSelect.tsx'
import { DateInput, MoneyInput, TextInput } from './inputs.tsx'
import type { Schema, Ui } from './schema.ts'
import type { ControlProps } from './control-props.ts'

interface Kind {
  /** Several controls under one legend. */
  readonly isGroup: boolean
  readonly Control: ComponentType<ControlProps>
}

const FEW = 6

/** The control that fits a field. */
export function controlOf(schema: Schema, ui: Ui): Kind {
  if (schema.type === 'array') return { isGroup: true, Control: Checkboxes }
  if (schema.type === 'boolean') return { isGroup: true, Control: schema.const === true ? Confirmation : YesNo }
  if (schema['x-division']) return { isGroup: false, Control: DivisionSelect }
  if (schema.oneOf) {
    const isShown = ui['ui:widget'] !== 'select' && schema.oneOf.length <= FEW
    return isShown ? { isGroup: true, Control: Radios } : { isGroup: false, Control: Select }
  }
  if (schema['x-unit'] === 'fen') return { isGroup: false, Control: MoneyInput }
  if (schema.format === 'date') return { isGroup: false, Control: DateInput }
  return { isGroup: false, Control: TextInput }
}
