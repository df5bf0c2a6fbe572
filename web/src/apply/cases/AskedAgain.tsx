import type { ReactNode } from 'react'
import type { Schemas } from '../../shared/api.ts'
import { Form } from '../../shared/form/context.ts'
import { fieldAt } from '../../shared/form/field-at.ts'
import { Field } from '../../shared/form/ObjectFields.tsx'
import { controlId, valueAt, withValueAt } from '../../shared/form/pointer.ts'
import { FileUpload } from '../materials/FileUpload.tsx'
import type { Forms, Places } from '../../shared/region.ts'
import { materialPointer } from './correction-mistakes.ts'

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
  readonly problems: readonly { readonly path: string; readonly message: string }[]
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
        <AskedMaterial key={code} code={code} name={nameOf(code)} text={text} mistake={form.problems.get(materialPointer(code))}>
          {corrected.materials[code] && <p className="tag done">已上传新的一份</p>}
          <FileUpload
            applicationId={id} code={code} name={nameOf(code)} hasFile={corrected.materials[code] !== undefined}
            onSent={material => onChange({ ...corrected, materials: { ...corrected.materials, [code]: material.id } })}
          />
        </AskedMaterial>
      ))}
    </Form>
  )
}

interface AskedMaterialProps {
  readonly code: string
  readonly name: string
  /** Why it is asked for again. */
  readonly text: string
  readonly mistake: string | undefined
  readonly children: ReactNode
}

/** The block of one material, which the summary of mistakes leads to. */
function AskedMaterial({ code, name, text, mistake, children }: AskedMaterialProps) {
  const id = controlId(materialPointer(code))
  return (
    <div id={id} className="asked" tabIndex={-1} role="group" aria-labelledby={`${id}-name`}>
      <h2 id={`${id}-name`}>{name}</h2>
      <p className="why">原因：{text}</p>
      {mistake && <p className="mistake"><span className="unseen">错误：</span>{mistake}</p>}
      {children}
    </div>
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
