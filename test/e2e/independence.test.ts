import { expect } from 'chai'
import type { ApiClient } from '../../scripts/client.ts'
import { until } from '../support/until.ts'
import { runAtOnce } from './support/at-once.ts'
import type { Trial } from './support/at-once.ts'
import { approveAll, department, isFinal, itemOf, rejectMatter, workUntil } from './support/case.ts'
import type { Judgement } from './support/case.ts'
import { stack } from './support/root-stack.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- answers of the interface are read as they come */

interface Matter {
  readonly slug: string
  /** Selection without an excluded pair in which it stands beside others of all three departments. */
  readonly together: string[]
  readonly department: string
  /** Kind of request by which the department registers it. */
  readonly kind: string
  readonly insured?: 'resident-medical' | 'flexible-medical'
}

const residents = ['archive-transfer', 'resident-pension', 'social-security-card', 'resident-medical', 'contribution']
const flexibles = ['archive-transfer', 'flexible-pension', 'flexible-medical', 'contribution']
const MATTERS: readonly Matter[] = [
  { slug: 'archive-transfer', together: residents, department: 'hrss', kind: 'archive-acceptance' },
  { slug: 'resident-pension', together: residents, department: 'hrss', kind: 'resident-pension-registration' },
  { slug: 'flexible-pension', together: flexibles, department: 'hrss', kind: 'flexible-pension-registration' },
  { slug: 'social-security-card', together: residents, department: 'hrss', kind: 'card-order' },
  { slug: 'resident-medical', together: residents, department: 'medical', kind: 'resident-medical-registration' },
  { slug: 'resident-medical-change', together: ['archive-transfer', 'resident-pension', 'resident-medical-change', 'contribution'],
    department: 'medical', kind: 'resident-medical-change', insured: 'resident-medical' },
  { slug: 'flexible-medical', together: flexibles, department: 'medical', kind: 'flexible-medical-registration' },
  { slug: 'flexible-medical-change', together: ['archive-transfer', 'flexible-pension', 'flexible-medical-change', 'contribution'],
    department: 'medical', kind: 'flexible-medical-change', insured: 'flexible-medical' },
  { slug: 'contribution', together: residents, department: 'tax', kind: 'contribution-declaration' }
]

/** The siblings of a failing item that do not rest on it must end as they would have ended without its failure. */
function expectSiblingsDelivered(application: any, failing: string): void {
  for (const item of application.items) {
    if (item.slug === failing || item.slug === 'contribution') continue
    expect(item.status, `${item.slug} beside ${failing}: ${JSON.stringify(item.reasons)}`).to.equal('delivered')
  }
  if (failing === 'contribution') return
  const rows = itemOf(application, 'contribution').rows
  for (const row of rows) if (row.insurance !== failing) expect(row.status, `row ${row.insurance} beside ${failing}`).to.equal('approved')
}

const siblingsAreFinal = (failing: string) => (application: any) => application.items.every((item: any) => {
  if (item.slug === failing) return true
  if (item.slug !== 'contribution') return isFinal(item)
  return item.rows.every((row: any) => row.insurance === failing || ['approved', 'rejected', 'withdrawn'].includes(row.status))
})

/** What strikes now, by department: each case brings its own faults, which strike its own person alone. */
const striking = new Map<string, Set<object>>()
let telling: Promise<unknown> = Promise.resolve()

/** Tells the departments one after the other, as each list takes the place of the one before. */
function tell(names: readonly string[]): Promise<unknown> {
  telling = telling.then(() => Promise.all(names.map(name => department(name, 'faults', { faults: [...striking.get(name) ?? []] }))))
  return telling
}

/** Faults in force for one person while `run` lasts; afterwards every department is well again. */
async function under(idNumber: string, faults: Record<string, object[]>, run: () => Promise<void>): Promise<void> {
  const own = Object.entries(faults).flatMap(([name, list]) => list.map(fault => [name, { ...fault, idNumber }] as const))
  const names = Object.keys(faults)
  for (const name of names) if (!striking.has(name)) striking.set(name, new Set())
  for (const [name, fault] of own) striking.get(name)!.add(fault)
  await tell(names)
  try {
    await run()
  } finally {
    for (const [name, fault] of own) striking.get(name)!.delete(fault)
    await tell(names)
  }
}

/**
 * What puts a clerk before a matter that is otherwise decided by itself: somebody whom no register knows; where only insured people
 * may apply, facts that cannot be had; for a declaration, enrolments that cannot be looked up.
 */
function clerkFaults({ slug, insured }: Matter): Record<string, object[]> {
  const down = (kind: string) => [{ kind, mode: 'error', status: 500 }]
  if (slug === 'contribution') return { hrss: down('enrolment-query'), medical: down('enrolment-query') }
  return insured ? { 'data-sharing': down('person-verification') } : {}
}

/** Sends the matter back once, for the mobile number, and takes the first choice of everything else. */
function correctOnce(slug: string): Judgement {
  let isSent = false
  return task => {
    if (isSent || task.slug !== slug || task.kind !== 'review') return approveAll(task)
    isSent = true
    const field = { path: '/common/person/mobile', reasonCode: 'MATERIAL_NOT_MATCHING', text: '手机号码打不通，请核对' }
    return { decision: 'correct', reasonCode: 'MATERIAL_NOT_MATCHING', correction: { fields: [field], materials: [] } }
  }
}

/** Cases under way at once: two cores are busy with so many. */
const AT_ONCE = 6

function trialsOf(matter: Matter): Trial[] {
  const { slug, together, department: owner, kind, insured } = matter
  const newcomer = async (group = insured ?? 'e2e'): Promise<{ applicant: ApiClient; idNumber: string }> => {
    const applicant = await stack().newcomer(group)
    const { common } = await applicant.get(`regions/guangxi/prefill?matters=${together.join()}`)
    return { applicant, idNumber: common.person.idNumber }
  }
  const start = async (applicant: ApiClient): Promise<string> => (await applicant.apply('guangxi', together)).id
  /** One application of somebody whom these faults strike. */
  const struck = async (group: string | undefined, faults: Record<string, object[]>, run: (applicant: ApiClient, id: string) => Promise<void>) => {
    const { applicant, idNumber } = await newcomer(group)
    await under(idNumber, faults, async () => run(applicant, await start(applicant)))
  }
  const beforeClerk = (run: (applicant: ApiClient, id: string) => Promise<void>) => struck(insured ?? 'e2e-unknown', clerkFaults(matter), run)
  const ended = (one: any) => isFinal(itemOf(one, slug)) && siblingsAreFinal(slug)(one)
  return [
    {
      title: `${slug} rejected by its clerk: the others end as before`,
      run: () => beforeClerk(async (applicant, id) => {
        const application = await workUntil(applicant, id, ended, rejectMatter(slug))
        expect(itemOf(application, slug).status).to.equal('rejected')
        expect(JSON.stringify(itemOf(application, slug))).to.contain('不符合受理条件')
        expectSiblingsDelivered(application, slug)
      })
    },
    {
      title: `${slug} returned for correction: the others finish while it waits, then it goes on`,
      run: () => beforeClerk(async (applicant, id) => {
        const judge = correctOnce(slug)
        const waiting = await workUntil(applicant, id, one => itemOf(one, slug).status === 'correcting' && siblingsAreFinal(slug)(one), judge)
        expectSiblingsDelivered(waiting, slug)
        const { correction } = itemOf(waiting, slug)
        expect(correction.fields[0].path).to.equal('/common/person/mobile')
        const path = `applications/${id}/items/${slug}/correction`
        const wrong = await applicant.send('POST', path, { correctionId: correction.id, fields: { '/common/person/name': '别人' }, materials: [] })
        expect([wrong.status, wrong.body.code]).to.deep.equal([422, 'FIELD_NOT_REQUESTED'])
        await applicant.post(path, { correctionId: correction.id, fields: { '/common/person/mobile': '13900000001' }, materials: [] })
        const done = await workUntil(applicant, id, one => isFinal(itemOf(one, slug)), judge)
        expect(itemOf(done, slug).status, JSON.stringify(itemOf(done, slug))).to.equal('delivered')
      })
    },
    {
      title: `${slug} refused by its department: the others end as before`,
      run: () => struck(undefined, { [owner]: [{ kind, mode: 'refuse' }] }, async (applicant, id) => {
        const rowOf = (one: any) => itemOf(one, 'contribution').rows.find((row: any) => row.insurance === slug)
        // The declaration hears of its prerequisite a moment after the item has ended.
        const application = await workUntil(applicant, id, one => ended(one) && rowOf(one)?.status !== 'waiting')
        expect(itemOf(application, slug).status).to.equal('rejected')
        expectSiblingsDelivered(application, slug)
        const row = rowOf(application)
        if (row) {
          expect(row.status).to.equal('rejected')
          expect(JSON.stringify(row.reasons)).to.contain('PREREQUISITE_NOT_APPROVED')
        }
      })
    },
    {
      title: `${slug} with its department down: the others finish, and it ends when the department is back`,
      run: async () => {
        const { applicant, idNumber } = await newcomer()
        let id = ''
        await under(idNumber, { [owner]: [{ kind, mode: 'error', status: 500 }] }, async () => {
          id = await start(applicant)
          const waiting = await workUntil(applicant, id, siblingsAreFinal(slug))
          expect(isFinal(itemOf(waiting, slug))).to.equal(false)
          expectSiblingsDelivered(waiting, slug)
        })
        const application = await workUntil(applicant, id, one => isFinal(itemOf(one, slug)), approveAll, 120_000)
        expect(itemOf(application, slug).status).to.equal('delivered')
      }
    },
    {
      title: `${slug} withdrawn while its department keeps it waiting: the others end as before`,
      run: () => struck(undefined, { [owner]: [{ kind, mode: 'error', status: 500 }] }, async (applicant, id) => {
        await until('acceptance', async () => ['reviewing', 'waiting'].includes(itemOf(await applicant.get(`applications/${id}`), slug).status))
        await applicant.post(`applications/${id}/items/${slug}/withdraw`, { reason: '不办了' })
        const application = await workUntil(applicant, id, ended)
        expect(itemOf(application, slug).status).to.equal('withdrawn')
        expectSiblingsDelivered(application, slug)
        const again = await applicant.send('POST', `applications/${id}/items/${slug}/withdraw`, {})
        expect([again.status, again.body.code]).to.deep.equal([409, 'ITEM_ALREADY_DECIDED'])
      })
    }
  ]
}

describe('independence of the items', () => {
  const trials = MATTERS.flatMap(trialsOf)
  let outcomes: ReadonlyMap<string, Promise<void>>

  before(() => { outcomes = runAtOnce(trials, AT_ONCE) })

  for (const { title } of trials) it(title, () => outcomes.get(title))
})
