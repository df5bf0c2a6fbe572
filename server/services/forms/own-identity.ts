import type { Actor } from '../../auth/actor.ts'
import type { Application, ApplicationContent } from '../../db/applications.ts'
import type { CryptoProvider } from '../../crypto/crypto-provider.ts'
import type { Problem } from './form-check.ts'
import { personKey } from '../person-keys.ts'

type Person = Record<string, unknown> | undefined

/**
 * Online somebody applies for himself, or is named as the agent (代办人): the session's real-name identity has to be one of the two.
 * Windows and platforms have looked at the documents themselves. Empty when all is well or the number is still missing.
 */
export function identityProblems(
  crypto: Pick<CryptoProvider, 'keyedHash'>, actor: Pick<Actor, 'personKey'>, channel: Application['channel'],
  { common, agent }: ApplicationContent
): Problem[] {
  const person = common.person as Person
  const key = personKey(crypto, person)
  if (channel !== 'online' || actor.personKey === null || key === null || key === actor.personKey) return []
  const agentIdType = (agent as Person)?.idType ?? 'resident-id'
  if (agent && personKey(crypto, { ...agent, idType: agentIdType }) === actor.personKey) return []
  const message = '证件号码与登录人不一致；代他人办理的，请填写代办人信息，或到政务服务窗口办理'
  return [{ path: '/common/person/idNumber', code: 'NOT_YOURSELF', message }]
}
