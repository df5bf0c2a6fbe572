import { useForm } from './context.ts'
import { LabelledField } from './LabelledField.tsx'
import type { FieldProps } from './LabelledField.tsx'
import { controlId } from './pointer.ts'
import { askedFields } from './schema.ts'
import type { Fields, Schema, Ui } from './schema.ts'

interface ObjectFieldsProps {
  readonly schema: Schema
  readonly ui: Ui
  readonly value: Fields
  /** JSON pointer of the object. */
  readonly pointer: string
}

/** The fields of one object that are asked as it stands. */
export function ObjectFields({ schema, ui, value, pointer }: ObjectFieldsProps) {
  return askedFields(schema, ui, value).map(field =>
    <Field key={field.name} {...field} pointer={`${pointer}/${field.name}`} value={value[field.name]} />)
}

/** A group for an object, rows for a list of objects, else one control. */
export function Field(props: FieldProps) {
  const { schema, ui, pointer, value } = props
  if (schema.type === 'array' && schema.items?.type === 'object') return <Rows {...props} />
  if (schema.type !== 'object') return <LabelledField {...props} />
  return (
    <fieldset id={controlId(pointer)} className="group" tabIndex={-1}>
      <legend>{schema.title}</legend>
      <ObjectFields schema={schema} ui={ui} value={(value ?? {}) as Fields} pointer={pointer} />
    </fieldset>
  )
}

/** A list of objects, each a group of its own that can be taken away; another can be added up to the bound of the form. */
function Rows({ schema, ui, pointer, value }: FieldProps) {
  const { problems, onChange } = useForm()
  const rows = (Array.isArray(value) ? value : []) as Fields[]
  const problem = problems.get(pointer)
  const name = schema.items?.title ?? schema.title
  return (
    <fieldset id={controlId(pointer)} className={problem ? 'group wrong' : 'group'} tabIndex={-1}>
      <legend>{schema.title}</legend>
      {ui['ui:help'] && <p className="hint">{ui['ui:help']}</p>}
      {problem && <p className="mistake"><span className="unseen">错误：</span>{problem}</p>}
      {rows.map((row, index) => (
        <fieldset key={index} id={controlId(`${pointer}/${index}`)} className="row" tabIndex={-1}>
          <legend>{name} 第{index + 1}行</legend>
          <ObjectFields schema={schema.items!} ui={(ui.items ?? {}) as Ui} value={row} pointer={`${pointer}/${index}`} />
          <button type="button" className="quiet" onClick={() => onChange(pointer, rows.filter((_, other) => other !== index))}>
            删除第{index + 1}行
          </button>
        </fieldset>
      ))}
      {rows.length < (schema.maxItems ?? Infinity) && (
        <button type="button" className="quiet" onClick={() => onChange(pointer, [...rows, {}])}>添加一行</button>
      )}
    </fieldset>
  )
}
