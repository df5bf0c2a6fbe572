import type { JsonSchema } from './form-bundle.ts'

/**
 * Whether a path leads to a field that the form has, and that what was written has room for: of a list only the rows that are
 * there. Each field stands under `properties`; conditions in a schema say when it is needed, not that it exists.
 */
export function isFormField(schema: JsonSchema, value: unknown, [name, ...within]: readonly string[]): boolean {
  if (name === undefined) return true
  if (Array.isArray(value) || schema.items !== undefined) {
    if (!Array.isArray(value) || !INDEX.test(name) || Number(name) >= value.length) return false
    return isFormField((schema.items ?? {}) as JsonSchema, value[Number(name)], within)
  }
  const properties = (schema.properties ?? {}) as Readonly<Record<string, JsonSchema>>
  if (!Object.hasOwn(properties, name)) return false
  return isFormField(properties[name]!, (value as Readonly<Record<string, unknown>> | null | undefined)?.[name], within)
}

const INDEX = /^(0|[1-9]\d{0,2})$/
