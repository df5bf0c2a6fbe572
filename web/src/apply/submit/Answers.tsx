import { Link } from 'react-router'
import { divisionName } from '../../shared/form/context.ts'
import { controlId } from '../../shared/form/pointer.ts'
import { askedFields, spoken } from '../../shared/form/schema.ts'
import type { AskedField, Fields, Schema, Ui } from '../../shared/form/schema.ts'
import { useDraft } from '../draft/draft.ts'

interface AnswersProps {
  readonly schema: Schema
  readonly ui: Ui
  readonly value: Fields
  readonly pointer: string
  /** The page on which these fields stand. */
  readonly page: string
}

/** The rows of one object: what was asked, what was answered, and 修改. */
export function Answers({ schema, ui, value, pointer, page }: AnswersProps) {
  return askedFields(schema, ui, value).map(field =>
    <Answer key={field.name} field={field} value={value[field.name]} pointer={`${pointer}/${field.name}`} page={page} />)
}

function Answer({ field, value, pointer, page }: { field: AskedField; value: unknown; pointer: string; page: string }) {
  const { places } = useDraft()
  const { schema, ui } = field
  if (schema.type === 'object') return <Answers schema={schema} ui={ui} value={(value ?? {}) as Fields} pointer={pointer} page={page} />
  if (schema.type === 'array' && schema.items?.type === 'object') {
    return ((value ?? []) as Fields[]).map((row, index) => (
      <Answers key={index} schema={schema.items!} ui={(ui.items ?? {}) as Ui} value={row} pointer={`${pointer}/${index}`} page={page} />
    ))
  }
  const text = spoken(schema, value, code => divisionName(code, places))
  return (
    <div className="answer">
      <dt>{schema.title}</dt>
      <dd>{text || '未填'}</dd>
      {!schema.readOnly && (
        <dd className="change"><Link to={`${page}#${controlId(pointer)}`}>修改<span className="unseen">：{schema.title}</span></Link></dd>
      )}
    </div>
  )
}
