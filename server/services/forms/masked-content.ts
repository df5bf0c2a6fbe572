import { maskAddress, maskBankCard, maskIdNumber, maskMobile, maskName } from '../../../core/masking.ts'
import type { ApplicationContent } from '../../db/applications.ts'

const masks: readonly (readonly [RegExp, (text: string) => string])[] = [
  [/(idNumber|taxpayerId|socialInsuranceCode)$/i, maskIdNumber],
  [/(mobile|phone|contact)$/i, maskMobile],
  [/(^name|personName|recipient|contactName)$/i, maskName],
  [/address$/i, maskAddress],
  [/(bankCard|account)$/i, maskBankCard],
  [/email$/i, text => text.replace(/^(.).*(?=@)/, '$1***')]
]

/** What an application says, as the staff's screens show it: names, numbers and addresses are masked wherever they stand. */
export function maskContent(content: ApplicationContent): ApplicationContent {
  return mask(content, '') as ApplicationContent
}

/** One text as it may be shown under the name of its field. */
export function maskText(key: string, text: string): string {
  return masks.find(([pattern]) => pattern.test(key))?.[1](text) ?? text
}

function mask(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value.map(one => mask(one, key))
  if (typeof value === 'string') return maskText(key, value)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, mask(inner, name)]))
}
