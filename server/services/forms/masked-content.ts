import { maskAddress, maskBankCard, maskIdNumber, maskMobile, maskName } from '../../../core/masking.ts'
import type { ApplicationContent } from '../../db/applications.ts'

const masks: readonly (readonly [RegExp, (text: string) => string])[] = [
  [/idNumber$/i, maskIdNumber],
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

function mask(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value.map(one => mask(one, key))
  if (typeof value === 'string') return masks.find(([pattern]) => pattern.test(key))?.[1](value) ?? value
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, mask(inner, name)]))
}
