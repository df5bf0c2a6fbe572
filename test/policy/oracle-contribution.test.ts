import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { coveringRows } from './cases.ts'
import { readTable } from '../../server/lint/dmn-table.ts'
import { notesOn } from './oracle-contribution.ts'
import type { Payment, Said } from './oracle-contribution.ts'
import { tableDecisions } from './table-decisions.ts'

/** Every value of every input of the table meets every value of every other. */
const payments = coveringRows({
  insurance: ['resident-pension', 'flexible-pension', 'resident-medical', 'flexible-medical'],
  component: ['main', 'large-medical', 'long-term-care'],
  paysFor: ['this-year', 'next-year', 'earlier-year', 'unknown'],
  month: Array.from({ length: 12 }, (_, index) => String(index + 1).padStart(2, '0')),
  standing: ['new-or-lapsed', 'continuing', 'unknown'],
  planBefore: ['none', '统筹基金', '住院保险', '统账结合']
}) as unknown as Payment[]

/** Three inputs decide on a day together, so pairs alone would leave some days out. */
const days = (['resident-medical', 'flexible-medical'] as const).flatMap(insurance =>
  (['main', 'large-medical'] as const).flatMap(component => payments.map(one => ({ ...one, insurance, component }))))

const told = (said: readonly Said[]): string[] => said
  .map(({ note, verdict, share = null, payBy = null, benefitFromMonth = null }) =>
    JSON.stringify({ note, verdict, share, payBy, benefitFromMonth }))
  .sort()

describe('contribution.dmn beside the notes of the form', () => {
  const tables = tableDecisions()
  const answers = (one: Payment) => tables.evaluate('guangxi-contribution', { ...one })

  it(`says of ${payments.length} payments, each pair of inputs together, and of each day exactly what the notes say`, async () => {
    for (const one of [...payments, ...days]) {
      const rows = await answers(one)
      const found = rows.map(({ matter, verdict, share, payBy, benefitFromMonth }) =>
        ({ note: matter, verdict, share: share ?? undefined, payBy: payBy ?? undefined, benefitFromMonth: benefitFromMonth ?? undefined }) as Said)
      expect(told(found), JSON.stringify(one)).to.deep.equal(told(notesOn(one)))
    }
  })

  it('needs each of its rules, and quotes in each the note of the matter that it names', async () => {
    const { rules } = readTable(readFileSync('processes/guangxi/contribution.dmn', 'utf8'))
    const used = new Set((await Promise.all([...payments, ...days].map(answers))).flat().map(({ ruleId }) => ruleId))
    expect(rules.map(({ id }) => id).filter(id => !used.has(id))).to.deep.equal([])
    const notice = readFileSync('regions/guangxi/notice.txt', 'utf8').replace(/\s/g, '')
    for (const { id, then: { clause } } of rules) {
      const quoted = /“(.+)”/.exec(clause!)?.[1]
      expect(notice, id).to.contain(quoted!.replace(/\s/g, ''))
    }
  })
})
