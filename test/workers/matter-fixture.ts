import { expect } from 'chai'
import type { DepartmentReply, MatterDeps, Reason, StepContext, StepHandler, StepResult } from '../../core/matter.ts'

export const PERSON = { name: '韦美兰', idType: 'resident-id', idNumber: '450103199003070020' }
export const RECEIPT = { number: 'RS202604200000018', issuedAt: '2026-04-20T09:00:00+08:00' }

/** What the public data platform holds of an adult of Nanning who is in no insurance; `over` changes it. */
export function records(over: Record<string, unknown> = {}): Partial<DepartmentReply> {
  return {
    result: {
      matches: true, isKnown: true, household: { division: '450103001001' }, residence: { division: '450103001001' },
      student: false, employerInsured: false, employerInsurances: [], currentEnrolments: [], cardApplied: false,
      retirement: { isRetired: false, since: null }, licences: [], ...over
    }
  }
}

export const refusal = (...reasons: Reason[]): Partial<DepartmentReply> => ({ status: 'refused', receipt: null, reasons })

export interface Called { readonly how: 'department' | 'ask', readonly kind: string, readonly body: Readonly<Record<string, unknown>> }

/** Runs a step with a department that answers `reply` (null: no answer) and tells what it was asked. */
export async function runStep(
  step: StepHandler, fields: Record<string, unknown>, reply: Partial<DepartmentReply> | null, context: Partial<StepContext> = {}
): Promise<{ result: StepResult, calls: Called[] }> {
  const calls: Called[] = []
  const whole: DepartmentReply = { status: 'done', receipt: RECEIPT, result: {}, reasons: [], ...reply }
  const deps: MatterDeps = {
    async department(kind, body) {
      calls.push({ how: 'department', kind, body })
      return whole
    },
    async ask(kind, body) {
      calls.push({ how: 'ask', kind, body })
      return reply && whole
    }
  }
  const input = { fields, context: { region: 'guangxi', division: '450103', channel: 'online', slug: '', ...context } }
  return { result: await step(input, deps), calls }
}

/** A step `verify` as a table: what the records say → the doubts it raises; identity and silence are the same everywhere. */
export function describeVerification(step: StepHandler, doubts: readonly [string, Record<string, unknown>, string[]][], fields = {}): void {
  const verify = async (reply: Partial<DepartmentReply> | null) => (await runStep(step, { ...PERSON, ...fields }, reply)).result
  for (const [title, over, codes] of doubts) {
    it(`${title}: ${codes.length ? codes.join(', ') : 'passed'}`, async () => {
      const { variables, reasons } = await verify(records(over))
      expect(reasons.map(({ code }) => code)).to.deep.equal(codes)
      expect(variables['verification']).to.equal(codes.length ? 'doubtful' : 'passed')
    })
  }

  it('a person whom the platform knows under another name: IDENTITY_NOT_CONFIRMED', async () => {
    const { variables, reasons } = await verify({ result: { matches: false, isKnown: true } })
    expect(variables['verification']).to.equal('doubtful')
    expect(reasons.map(({ code }) => code)).to.deep.equal(['IDENTITY_NOT_CONFIRMED'])
  })

  it('no answer: unavailable', async () => {
    const { variables, reasons } = await verify(null)
    expect(variables['verification']).to.equal('unavailable')
    expect(reasons).to.deep.equal([])
  })

  it('tells the platform the identity alone', async () => {
    const { calls } = await runStep(step, { ...PERSON, ...fields }, records())
    expect(calls[0]).to.deep.include({ how: 'ask', kind: 'person-verification' })
    expect(calls[0]!.body).to.have.all.keys('name', 'idType', 'idNumber', 'types')
  })
}

/** A step that registers: what it sends where, and that a refusal comes back with its reasons. */
export function describeRegistration(
  step: StepHandler, kind: string, fields: Record<string, unknown>, body: Record<string, unknown> = fields
): void {
  it(`sends ${kind} and hands on the receipt`, async () => {
    const { result, calls } = await runStep(step, fields, {})
    expect(calls).to.deep.equal([{ how: 'department', kind, body }])
    expect(result).to.deep.include({ variables: { registration: 'registered' }, receipt: RECEIPT, reasons: [] })
  })

  it('is refused with the department\'s reasons', async () => {
    const reason = { code: 'ALREADY_REGISTERED', message: '已参保' }
    const { result } = await runStep(step, fields, refusal(reason))
    expect(result).to.deep.include({ variables: { registration: 'refused' }, receipt: null, reasons: [reason] })
  })
}
