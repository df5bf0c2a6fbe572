import type { FormInstance } from 'antd'
import { ApiError } from '../shared/api.ts'

/** Says what the server refuses beside the field that it is about; `names` where the form calls a field otherwise. */
export function showWrongFields<T>(form: FormInstance<T>, error: Error, names: Readonly<Record<string, string>> = {}): void {
  const fields = error instanceof ApiError ? error.fields : []
  form.setFields(fields.map(({ path, message }) => {
    const [, name = ''] = path.split('/')
    return { name: names[name] ?? name, errors: [message] } as never
  }))
}
