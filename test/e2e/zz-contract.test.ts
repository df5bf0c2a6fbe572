import { expect } from 'chai'
import fc from 'fast-check'
import { access } from '../../server/auth/access.ts'
import type { Role } from '../../server/auth/actor.ts'
import { readOpenApi } from '../../server/openapi.ts'
import { until } from '../support/until.ts'
import { stack } from './support/root-stack.ts'
import type { Contract } from './support/fuzz/requests.ts'
import { requestsTo, sendables } from './support/fuzz/requests.ts'
import type { Known } from './support/fuzz/arbitrary.ts'

const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 12)
const SEED = Number(process.env.FUZZ_SEED ?? 20260324)
const CALLERS = { citizen: 'citizen-gx-1', window: 'window-gx', clerk: 'hrss-gx', supervisor: 'supervisor-gx', auditor: 'auditor-gx', designer: 'designer-gx' }
/** An open stream answers for as long as it is listened to; whoever has logged out would meet nothing but 401 afterwards. */
const LEFT_OUT = ['streamTasks', 'logout', 'logoutPage']

/**
 * Anything may be sent to any operation by anybody: the answer is never a fault of ours, and always of the shape that the contract
 * promises (the server checks its own answers here, and tells a wrong one as a fault). After the canary, as it leaves the system in disorder.
 */
describe('whatever is sent to the interface', () => {
  const contract = readOpenApi() as unknown as Contract
  let known: (path: string) => Known
  const statuses: number[] = []

  before(async () => {
    const owner = await stack().as('citizen-gx-1')
    const { id, number } = await owner.apply('guangxi', ['resident-pension', 'social-security-card'])
    const draft = await owner.draft('guangxi', ['flexible-medical'])
    const clerk = await stack().as('hrss-gx')
    const task = await until('a task', async () => (await clerk.get(`tasks?queue=all&applicationId=${id}`)).tasks[0])
    known = path => ({
      id: path.startsWith('tasks/') ? [task.id] : [id, draft], applicationId: [id, draft], taskId: [task.id], number: [number], region: ['guangxi', 'ningxia'],
      slug: ['resident-pension', 'social-security-card'], matter: ['resident-pension'], matters: ['resident-pension', 'flexible-medical'],
      queue: ['all', 'mine', 'group']
    })
  })

  for (const operation of sendables(contract).filter(({ id }) => !LEFT_OUT.includes(id))) {
    it(`${operation.id} answers ${REQUESTS} requests of whoever may call it without a fault`, async () => {
      for (const caller of callersOf(operation.id)) {
        const client = await stack().as(caller)
        await fc.assert(fc.asyncProperty(requestsTo(operation, contract, known(operation.path)), async ({ path, headers, body }) => {
          const answer = await client.send(operation.method, path, body, headers)
          statuses.push(answer.status)
          expect(answer.status, `${caller}: ${JSON.stringify(answer.body)}`).to.be.below(500)
          if (answer.status >= 400) {
            expect(answer.headers.get('content-type')).to.contain('application/problem+json')
            expect(answer.body).to.include.keys('code', 'detail', 'requestId')
          }
        }), { numRuns: REQUESTS, seed: SEED, endOnFailure: true })
      }
    })
  }

  it('reaches the routes: not everything is refused at the door', () => {
    expect(statuses.filter(status => status < 300).length / statuses.length).to.be.above(0.1)
  })
})

/** Refusals by role have their own tests; here one account of each role that is let in. */
function callersOf(operation: string): string[] {
  const { roles } = access[operation]!
  if (roles === 'public') return [CALLERS.citizen]
  return Object.entries(CALLERS).filter(([role]) => roles === 'any' || roles.includes(role as Role)).map(([, account]) => account)
}
