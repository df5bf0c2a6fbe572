import { expect } from 'chai'
import { isFinal, itemOf, workUntil } from './support/case.ts'
import { stack } from './support/root-stack.ts'

/** Each matter alone, by somebody who may choose it; the changes need a person who is insured already. */
const CASES: readonly { matter: string; account?: string; expected: string }[] = [
  { matter: 'archive-transfer', expected: 'delivered' },
  { matter: 'resident-pension', expected: 'delivered' },
  { matter: 'flexible-pension', expected: 'delivered' },
  { matter: 'social-security-card', expected: 'delivered' },
  { matter: 'resident-medical', expected: 'delivered' },
  { matter: 'resident-medical-change', account: 'citizen-gx-insured-resident-medical', expected: 'delivered' },
  { matter: 'flexible-medical', expected: 'delivered' },
  { matter: 'flexible-medical-change', account: 'citizen-gx-insured-flexible-medical', expected: 'delivered' },
  { matter: 'contribution', account: 'citizen-gx-insured-resident-pension', expected: 'delivered' }
]

describe('one case for each matter @brief', () => {
  for (const { matter, account, expected } of CASES) {
    it(`${matter} is decided, registered and delivered`, async () => {
      const applicant = account ? await stack().as(account) : await stack().newcomer()
      const { id } = await applicant.apply('guangxi', [matter], draft => {
        const contribution = draft.items.contribution
        if (contribution) contribution.rows = contribution.rows.map((row: object) => ({ ...row, insurance: 'resident-pension' }))
      })
      const application = await workUntil(applicant, id, one => isFinal(itemOf(one, matter)))
      const item = itemOf(application, matter)
      expect(item.status, JSON.stringify(item.reasons)).to.equal(expected)
      expect(item.rows ? item.rows[0].receipt.number : item.receipt.number).to.be.a('string')
    })
  }
})
