import type { ReactNode } from 'react'
import { controlOf } from './controls.tsx'
import { useForm } from './context.ts'
import { controlId } from './pointer.ts'
import type { AskedField } from './schema.ts'

export interface FieldProps extends AskedField {
  readonly pointer: string
  readonly value: unknown
}

const FILLED_IN_BY_SYSTEM = { text: '由业务系统填写', isReadOnly: true }

/** One field with its label, help and mistake. */
export function LabelledField(props: FieldProps) {
  const { schema, ui, pointer, isRequired, value } = props
  const { problems, sourceOf, onChange } = useForm()
  const id = controlId(pointer)
  const problem = problems.get(pointer)
  const source = schema.readOnly ? FILLED_IN_BY_SYSTEM : sourceOf?.(pointer, value)
  const help = [ui['ui:help'], source?.text].filter(Boolean).join(' ')
  const describedBy = [help && `${id}-help`, problem && `${id}-problem`].filter(Boolean).join(' ') || undefined
  const { isGroup, Control } = controlOf(schema, ui)
  const control = (
    <Control
      schema={schema} ui={ui} id={id} value={value} isRequired={isRequired} isFixed={source?.isReadOnly ?? false}
      describedBy={describedBy} isWrong={problem !== undefined} onChange={next => onChange(pointer, next)}
    />
  )
  const label = <>{schema.title ?? pointer}{!isRequired && <span className="optional">（选填）</span>}</>
  return <Framed {...{ id, isGroup, label, help, problem, describedBy, control }} />
}

interface FramedProps {
  readonly id: string
  readonly isGroup: boolean
  readonly label: ReactNode
  readonly help: string
  readonly problem: string | undefined
  readonly describedBy: string | undefined
  readonly control: ReactNode
}

/** Choices are a group with a legend, everything else is one control with a label. */
function Framed({ id, isGroup, label, help, problem, describedBy, control }: FramedProps) {
  const remarks = (
    <>
      {help && <p id={`${id}-help`} className="hint">{help}</p>}
      {problem && <p id={`${id}-problem`} className="mistake"><span className="unseen">错误：</span>{problem}</p>}
    </>
  )
  const className = problem ? 'field wrong' : 'field'
  if (isGroup) {
    return (
      <fieldset id={id} className={className} tabIndex={-1} aria-describedby={describedBy}>
        <legend>{label}</legend>
        {remarks}
        {control}
      </fieldset>
    )
  }
  return (
    <div className={className}>
      <label htmlFor={id}>{label}</label>
      {remarks}
      {control}
    </div>
  )
}
