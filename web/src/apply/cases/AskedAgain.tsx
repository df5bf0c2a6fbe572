import type { Schemas } from '../../shared/api.ts'
import { Form } from '../../shared/form/context.ts'
import { fieldAt } from '../../shared/form/field-at.ts'
import { Field } from '../../shared/form/ObjectFields.tsx'
import { valueAt, withValueAt } from '../../shared/form/pointer.ts'
import { FileUpload } from '../materials/FileUpload.tsx'
import type { Forms, Places } from '../../shared/region.ts'

export type AskedCorrection = NonNullable<Schemas['Correction']>

export interface Corrected {
  /** The whole content with the new values in it. */
  readonly content: object
  /** Id of the new file, by code. */
  readonly materials: Readonly<Record<string, string>>
}

interface AskedAgainProps {
  readonly id: string
  readonly correction: AskedCorrection
  readonly corrected: Corrected
  readonly forms: Forms
  readonly places: Places
  readonly problems: readonly Schemas['FieldProblem'][]
  readonly nameOf: (code: string) => string
  readonly onChange: (corrected: Corrected) => void
}

/** Each field and material of a correction notice with its reason, and nothing else. */
export function AskedAgain(props: AskedAgainProps) {
  const { id, correction, corrected, forms, places, problems, nameOf, onChange } = props
  const form = {
    ...places,
    problems: new Map(problems.map(({ path, message }) => [path, message])),
    onChange: (pointer: string, value: unknown) =>
      onChange({ ...corrected, content: withValueAt(corrected.content, pointer, value) })
  }
  return (
    <Form value={form}>
      {correction.fields.map(({ path, text }) => {
        const field = fieldAt(forms, path)
        return (
          <div key={path} className="asked">
            <p className="why">原因：{text}</p>
            {field && <Field {...field} name={path} isRequired pointer={path} value={valueAt(corrected.content, path)} />}
          </div>
        )
      })}
      {correction.materials.map(({ code, text }) => (
        <div key={code} className="asked">
          <h2>{nameOf(code)}</h2>
          <p className="why">原因：{text}</p>
          {corrected.materials[code] && <p className="tag done">已上传新的一份</p>}
          <FileUpload
            applicationId={id} code={code} name={nameOf(code)} hasFile={corrected.materials[code] !== undefined}
            onSent={material => onChange({ ...corrected, materials: { ...corrected.materials, [code]: material.id } })}
          />
        </div>
      ))}
    </Form>
  )
}

/** The answer to a notice: the values at the asked places and the new files. */
export function bodyOf(correction: AskedCorrection, { content, materials }: Corrected) {
  return {
    correctionId: correction.id,
    fields: Object.fromEntries(correction.fields.map(({ path }) => [path, valueAt(content, path) ?? null])),
    materials: Object.entries(materials).map(([code, materialId]) => ({ code, materialId }))
  }
}
