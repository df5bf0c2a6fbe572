import type { Knex } from 'knex'
import type { CryptoProvider } from '../../crypto/crypto-provider.ts'
import { mobileLast4Key, personKey, searchKeys } from '../person-keys.ts'

/** Documents under whose number a person may be known. */
const ID_TYPES = [
  'resident-id', 'hmt-residence-permit', 'foreign-permanent-residence', 'passport', 'hm-travel-permit', 'tw-travel-permit', 'exit-entry', 'other'
] as const

/**
 * Applications of a region that a text names exactly: by number, or by keyed hash of ID number, mobile, its last four digits
 * or the full name. Personal data is encrypted, so parts of a name find nothing.
 */
export function searchApplications(
  crypto: Pick<CryptoProvider, 'keyedHash'>, region: string, text: string
): (db: Knex) => Knex.QueryBuilder {
  const { name_key, mobile_key } = searchKeys(crypto, { name: text, mobile: text })
  const persons = ID_TYPES.map(idType => personKey(crypto, { idType, idNumber: text }) ?? '')
  return db => db('application').select('id').where({ region }).andWhere(any => {
    any.where({ number: text.toUpperCase() }).orWhere({ name_key }).orWhere({ mobile_key }).orWhereIn('person_key', persons)
    if (/^\d{4}$/.test(text)) any.orWhere({ mobile_last4_key: mobileLast4Key(crypto, text) })
  })
}
