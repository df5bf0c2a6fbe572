import { expect } from 'chai'
import { until } from '../support/until.ts'
import { approveAll, department, isFinal, itemOf, rejectMatter, workUntil } from './support/case.ts'
import type { Judgement } from './support/case.ts'
import { stack } from './support/root-stack.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- answers of the interface are read as they come */

const TOGETHER = ['archive-transfer', 'resident-pension', 'social-security-card', 'resident-medical', 'contribution']
const OTHER_PENSION = ['flexible-pension', 'flexible-medical', 'archive-transfer', 'contribution']
const DEPARTMENT_OF: Record<string, string> = {
  'archive-transfer': 'hrss', 'resident-pension': 'hrss', 'flexible-pension': 'hrss', 'social-security-card': 'hrss',
  'resident-medical': 'medical', 'flexible-medical': 'medical', contribution: 'tax'
}
const PERSON_DECIDES = ['archive-transfer', 'resident-pension']
const selectionWith = (slug: string) => (OTHER_PENSION.includes(slug) && !TOGETHER.includes(slug) ? OTHER_PENSION : TOGETHER)

/** The siblings of a failing item that do not rest on it must end as they would have ended without its failure. */
function expectSiblingsDelivered(application: any, failing: string): void {
  for (const item of application.items) {
    if (item.slug === failing || item.slug === 'contribution') continue
    expect(item.status, `${item.slug} beside ${failing}: ${JSON.stringify(item.reasons)}`).to.equal('delivered')
  }
  const rows = itemOf(application, 'contribution')?.rows ?? []
  for (const row of rows) if (row.insurance !== failing) expect(row.status, `row ${row.insurance} beside ${failing}`).to.equal('approved')
}

const siblingsAreFinal = (failing: string) => (application: any) => application.items.every((item: any) => {
  if (item.slug === failing) return true
  if (item.slug !== 'contribution') return isFinal(item)
  return item.rows.every((row: any) => row.insurance === failing || ['approved', 'rejected', 'withdrawn'].includes(row.status))
})

describe('independence of the items', () => {
  for (const slug of PERSON_DECIDES) {
    it(`${slug} rejected by its clerk: the others end as before`, async () => {
      const applicant = await stack().newcomer()
      const { id } = await applicant.apply('guangxi', TOGETHER)
      const application = await workUntil(applicant, id, one => isFinal(itemOf(one, slug)) && siblingsAreFinal(slug)(one), rejectMatter(slug))
      expect(itemOf(application, slug).status).to.equal('rejected')
      expect(itemOf(application, slug).reasons[0].message).to.be.a('string').and.not.empty
      expectSiblingsDelivered(application, slug)
    })

    it(`${slug} returned for correction: the others finish while it waits, then it goes on`, async () => {
      const applicant = await stack().newcomer()
      const { id } = await applicant.apply('guangxi', TOGETHER)
      const askForMobile: Judgement = task => (task.slug === slug && task.kind === 'review'
        ? { decision: 'correct', reasonCode: 'incomplete',
            correction: { fields: [{ path: '/common/person/mobile', reasonCode: 'unclear', text: '手机号码打不通，请核对' }], materials: [] } }
        : approveAll(task))
      const waiting = await workUntil(applicant, id, one => itemOf(one, slug).status === 'correcting' && siblingsAreFinal(slug)(one), askForMobile)
      expectSiblingsDelivered(waiting, slug)
      const { correction } = itemOf(waiting, slug)
      expect(correction.fields[0].path).to.equal('/common/person/mobile')

      const wrong = await applicant.send('POST', `applications/${id}/items/${slug}/correction`,
        { correctionId: correction.id, fields: { '/common/person/name': '别人' }, materials: [] })
      expect([wrong.status, wrong.body.code]).to.deep.equal([422, 'FIELD_NOT_REQUESTED'])
      await applicant.post(`applications/${id}/items/${slug}/correction`,
        { correctionId: correction.id, fields: { '/common/person/mobile': '13900000001' }, materials: [] })
      const done = await workUntil(applicant, id, one => isFinal(itemOf(one, slug)))
      expect(itemOf(done, slug).status).to.equal('delivered')
    })
  }

  for (const slug of Object.keys(DEPARTMENT_OF)) {
    it(`${slug} refused by its department: the others end as before`, async () => {
      const applicant = await stack().newcomer()
      const matters = selectionWith(slug)
      const owner = DEPARTMENT_OF[slug]!
      await department(owner, 'faults', { faults: [{ kind: kindOf(slug), mode: 'refuse' }] })
      try {
        const { id } = await applicant.apply('guangxi', matters)
        const application = await workUntil(applicant, id, one => isFinal(itemOf(one, slug)) && siblingsAreFinal(slug)(one))
        expect(itemOf(application, slug).status).to.equal('rejected')
        if (slug !== 'contribution') expectSiblingsDelivered(application, slug)
        const row = itemOf(application, 'contribution').rows.find((one: any) => one.insurance === slug)
        if (row) {
          expect(row.status).to.equal('rejected')
          expect(JSON.stringify(row.reasons)).to.contain('PREREQUISITE_NOT_APPROVED')
        }
      } finally {
        await department(owner, 'faults', undefined, 'DELETE')
      }
    })

    it(`${slug} with its department down: the others finish, and it ends when the department is back`, async () => {
      const applicant = await stack().newcomer()
      const owner = DEPARTMENT_OF[slug]!
      await department(owner, 'faults', { faults: [{ kind: kindOf(slug), mode: 'error', status: 500 }] })
      let id = ''
      try {
        id = (await applicant.apply('guangxi', selectionWith(slug))).id
        const waiting = await workUntil(applicant, id, siblingsAreFinal(slug))
        expect(isFinal(itemOf(waiting, slug))).to.equal(false)
        if (slug !== 'contribution') expectSiblingsDelivered(waiting, slug)
      } finally {
        await department(owner, 'faults', undefined, 'DELETE')
      }
      const application = await workUntil(applicant, id, one => isFinal(itemOf(one, slug)), approveAll, 120_000)
      expect(itemOf(application, slug).status).to.equal('delivered')
    })

    it(`${slug} withdrawn while its department keeps it waiting: the others end as before`, async () => {
      const applicant = await stack().newcomer()
      const owner = DEPARTMENT_OF[slug]!
      await department(owner, 'faults', { faults: [{ kind: kindOf(slug), mode: 'error', status: 500 }] })
      try {
        const { id } = await applicant.apply('guangxi', selectionWith(slug))
        await until('acceptance', async () => ['reviewing', 'waiting'].includes(itemOf(await applicant.get(`applications/${id}`), slug).status))
        await applicant.post(`applications/${id}/items/${slug}/withdraw`, { reason: '不办了' })
        const application = await workUntil(applicant, id, one => isFinal(itemOf(one, slug)) && siblingsAreFinal(slug)(one))
        expect(itemOf(application, slug).status).to.equal('withdrawn')
        if (slug !== 'contribution') expectSiblingsDelivered(application, slug)
        const again = await applicant.send('POST', `applications/${id}/items/${slug}/withdraw`, {})
        expect([again.status, again.body.code]).to.deep.equal([409, 'ITEM_ALREADY_DECIDED'])
      } finally {
        await department(owner, 'faults', undefined, 'DELETE')
      }
    })
  }
})

/** The kind of request by which a matter is registered at its department. */
function kindOf(slug: string): string {
  const special: Record<string, string> = {
    'archive-transfer': 'archive-acceptance', 'social-security-card': 'card-order', contribution: 'contribution-declaration'
  }
  return special[slug] ?? `${slug}-registration`
}
