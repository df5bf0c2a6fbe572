import type { Reason, StepHandler, StepInput } from './matter.ts'
import { verified } from './matter.ts'
import { doubtsOf, identityBody, readFacts, readRecords } from './person-records.ts'
import type { Check } from './person-records.ts'

/** One row of 变更事项; `item` names what is changed. */
export interface ChangeRow {
  readonly item: string
  readonly before?: string
  readonly after: string
}

/** The rows of a change, [] when there are none. */
export function changesOf(fields: StepInput['fields']): readonly ChangeRow[] {
  return Array.isArray(fields['changes']) ? fields['changes'] as ChangeRow[] : []
}

/** Who is insured under the old name or number is looked up by it (form, 须知2: 应填写变更前的). */
export function insuredAs({ identityBefore, ...fields }: StepInput['fields']): StepInput['fields'] {
  return { ...fields, ...(identityBefore as object | null) }
}

/**
 * A step `verify` of a change of what is registered: the person must be known and insured. A new name or number is
 * told apart, for it goes to a window and a person looks at the originals (notice, 四（一）4（3）). What is changed under a
 * name of the applicant's own is never changed by machine.
 */
export function verifyChangeBy(checks: readonly Check[]): StepHandler {
  return async (input, { ask }) => {
    const changesNameOrIdNumber = changesOf(input.fields).some(({ item }) => item === 'name' || item === 'idNumber')
    const reply = await ask('person-verification', identityBody(insuredAs(input.fields)))
    const doubts = reply && doubtsOf(readRecords(reply), input, [...checks, windowOnly(changesNameOrIdNumber), isOwnWords])
    const result = verified(doubts)
    return { ...result, variables: { ...result.variables, changesNameOrIdNumber }, ...(reply && { facts: readFacts(reply) }) }
  }
}

function windowOnly(changesNameOrIdNumber: boolean): Check {
  return (_, { context }): Reason | null => changesNameOrIdNumber && context.channel !== 'window'
    ? { code: 'WINDOW_ONLY', message: '变更姓名、公民身份号码的，只能到政务服务窗口办理。' }
    : null
}

/** 等重要个人信息 (四（一）4（3）) is no closed list: only a person can tell whether what 其他 names is on it. */
const isOwnWords: Check = (_, { fields }) => changesOf(fields).some(({ item }) => item === 'other')
  ? { code: 'OTHER', message: '变更事项为“其他”的，须由工作人员核对是否属于姓名、公民身份号码等重要个人信息。' }
  : null
