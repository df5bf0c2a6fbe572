import { expect } from 'chai'
import type { ApiClient } from '../../scripts/client.ts'
import { until } from '../support/until.ts'
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

/** Faults in force while `run` lasts; afterwards every department is well again. */
async function under(faults: Record<string, unknown[]>, run: () => Promise<void>): Promise<void> {
  for (const [name, list] of Object.entries(faults)) await department(name, 'faults', { faults: list })
  try {
    await run()
  } finally {
    for (const name of Object.keys(faults)) await department(name, 'faults', undefined, 'DELETE')
  }
}

/**
 * What puts a clerk before a matter that is otherwise decided by itself: somebody whom no register knows; where only insured people
 * may apply, facts that cannot be had; for a declaration, enrolments that cannot be looked up.
 */
function clerkFaults({ slug, insured }: Matter): Record<string, unknown[]> {
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

describe('independence of the items', () => {
  for (const matter of MATTERS) {
    const { slug, together, department: owner, kind, insured } = matter
    const beforeClerk = (run: () => Promise<void>) => under(clerkFaults(matter), run)
    const start = async (group = insured ?? 'e2e'): Promise<{ applicant: ApiClient; id: string }> => {
      const applicant = await stack().newcomer(group)
      const { id } = await applicant.apply('guangxi', together)
      return { applicant, id }
    }
    const ended = (one: any) => isFinal(itemOf(one, slug)) && siblingsAreFinal(slug)(one)

    it(`${slug} rejected by its clerk: the others end as before`, () => beforeClerk(async () => {
      const { applicant, id } = await start(insured ?? 'e2e-unknown')
      const application = await workUntil(applicant, id, ended, rejectMatter(slug))
      expect(itemOf(application, slug).status).to.equal('rejected')
      expect(JSON.stringify(itemOf(application, slug))).to.contain('不符合受理条件')
      expectSiblingsDelivered(application, slug)
    }))

    it(`${slug} returned for correction: the others finish while it waits, then it goes on`, () => beforeClerk(async () => {
      const { applicant, id } = await start(insured ?? 'e2e-unknown')
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
    }))

    it(`${slug} refused by its department: the others end as before`, () => under({ [owner]: [{ kind, mode: 'refuse' }] }, async () => {
      const { applicant, id } = await start()
      const application = await workUntil(applicant, id, ended)
      expect(itemOf(application, slug).status).to.equal('rejected')
      expectSiblingsDelivered(application, slug)
      const row = itemOf(application, 'contribution').rows.find((one: any) => one.insurance === slug)
      if (row) {
        expect(row.status).to.equal('rejected')
        expect(JSON.stringify(row.reasons)).to.contain('PREREQUISITE_NOT_APPROVED')
      }
    }))

    it(`${slug} with its department down: the others finish, and it ends when the department is back`, async () => {
      let id = ''
      let applicant: ApiClient
      await under({ [owner]: [{ kind, mode: 'error', status: 500 }] }, async () => {
        ({ applicant, id } = await start())
        const waiting = await workUntil(applicant, id, siblingsAreFinal(slug))
        expect(isFinal(itemOf(waiting, slug))).to.equal(false)
        expectSiblingsDelivered(waiting, slug)
      })
      const application = await workUntil(applicant!, id, one => isFinal(itemOf(one, slug)), approveAll, 120_000)
      expect(itemOf(application, slug).status).to.equal('delivered')
    })

    it(`${slug} withdrawn while its department keeps it waiting: the others end as before`, () => under({ [owner]: [{ kind, mode: 'error', status: 500 }] }, async () => {
      const { applicant, id } = await start()
      await until('acceptance', async () => ['reviewing', 'waiting'].includes(itemOf(await applicant.get(`applications/${id}`), slug).status))
      await applicant.post(`applications/${id}/items/${slug}/withdraw`, { reason: '不办了' })
      const application = await workUntil(applicant, id, ended)
      expect(itemOf(application, slug).status).to.equal('withdrawn')
      expectSiblingsDelivered(application, slug)
      const again = await applicant.send('POST', `applications/${id}/items/${slug}/withdraw`, {})
      expect([again.status, again.body.code]).to.deep.equal([409, 'ITEM_ALREADY_DECIDED'])
    }))
  }
})
