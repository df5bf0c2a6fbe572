import type { ReactNode } from 'react'
import type { Schemas } from '../shared/api.ts'

type Section = Schemas['FormSection']
type Field = Section['fields'][number]

interface Props {
  readonly sections: readonly Section[]
  /** What stands below a value, e.g. what a licence says. */
  readonly beside?: (field: Field) => ReactNode
  /** How a field is judged; without it there is no such column. */
  readonly judge?: (field: Field) => ReactNode
  readonly isWrong?: (path: string) => boolean
}

/** What an applicant wrote, section by section, as the staff reads it. */
export function FormTables({ sections, beside, judge, isWrong }: Props) {
  return sections.map(({ key, title, fields }) => (
    <table key={key} className="fields">
      <caption>{title}</caption>
      <thead><tr><th scope="col">项目</th><th scope="col">填写内容</th>{judge && <th scope="col">审核</th>}</tr></thead>
      <tbody>
        {fields.map(field => (
          <tr key={field.path} className={isWrong?.(field.path) ? 'is-wrong' : undefined}>
            <th scope="row">{field.label}</th>
            <td>{field.text || <span className="quiet">未填</span>}{beside?.(field)}</td>
            {judge && <td>{judge(field)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  ))
}
