import { maskAddress, maskBankCard, maskBirthDate, maskIdNumber, maskMobile, maskName } from '../../../core/masking.ts'
import type { ApplicationContent } from '../../db/applications.ts'

const masks: readonly (readonly [RegExp, (text: string) => string])[] = [
  [/(idNumber|taxpayerId|socialInsuranceCode)$/i, maskIdNumber],
  [/(mobile|phone|contact)$/i, maskMobile],
  [/(^name|personName|recipient|contactName)$/i, maskName],
  [/address$/i, maskAddress],
  [/birthDate$/i, maskBirthDate],
  [/(bankCard|account)$/i, maskBankCard],
  [/email$/i, text => text.replace(/^(.).*(?=@)/, '$1***')]
]

/** Items of 变更事项 that the staff's screens show whole, as they do the fields of the same name. */
const OPEN_ITEMS = new Set(['ethnicity', 'sex', 'postalCode', 'enrolmentMode'])

/** What an application says, as the staff's screens show it: names, numbers and addresses are masked wherever they stand. */
export function maskContent(content: ApplicationContent): ApplicationContent {
  return mask(content, '') as ApplicationContent
}

/** One text as it may be shown under the name of its field. */
export function maskText(key: string, text: string): string {
  return maskFor(key)?.(text) ?? text
}

function maskFor(key: string): ((text: string) => string) | undefined {
  return masks.find(([pattern]) => pattern.test(key))?.[1]
}

function mask(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value.map(one => mask(one, key))
  if (typeof value === 'string') return maskText(key, value)
  if (typeof value !== 'object' || value === null) return value
  const { item } = value as { item?: unknown }
  return Object.fromEntries(Object.entries(value).map(([name, inner]) =>
    [name, typeof item === 'string' && (name === 'before' || name === 'after') ? maskSide(item, inner) : mask(inner, name)]))
}

/** Either side of a row of 变更事项 is what its item says; what 其他 stands for nobody knows, so nothing of it is shown. */
function maskSide(item: string, value: unknown): unknown {
  if (typeof value !== 'string' || OPEN_ITEMS.has(item)) return value
  return maskFor(item)?.(value) ?? '****'
}
