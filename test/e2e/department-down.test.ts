import { expect } from 'chai'
import type { ApiClient } from '../../scripts/client.ts'
import { describeInBrowser, faultsOf, openTab } from './support/browser.ts'
import { department, isFinal, itemOf, workUntil } from './support/case.ts'
import { moveClock } from './support/clock.ts'
import { stack } from './support/root-stack.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- answers of the interface are read as they come */

const DAY = 86_400_000
const CASES = 3
const WORDS = /税务.*的系统(暂时)?没有回应/

describeInBrowser('the tax department down for two days @web', function () {
  this.timeout(180_000)
  const cases: { applicant: ApiClient & { account: string }; id: string }[] = []

  before(async () => {
    await department('tax', 'faults', { faults: [{ mode: 'error', status: 500 }] })
    for (let count = 0; count < CASES; count++) {
      const applicant = await stack().newcomer()
      cases.push({ applicant, id: (await applicant.apply('guangxi', ['flexible-pension', 'contribution'])).id })
    }
  })
  after(async () => {
    await department('tax', 'faults', { faults: [] })
    await moveClock(0)
  })

  it('lets the siblings go on, and says so to applicant and supervisor on each of the days', async () => {
    for (const { applicant, id } of cases) {
      const one = await workUntil(applicant, id, found => isFinal(itemOf(found, 'flexible-pension')) && itemOf(found, 'contribution').retrying !== null)
      expect(itemOf(one, 'flexible-pension').status).to.equal('delivered')
    }
    const { page: board, complaints } = await openTab(1440, 'supervisor-gx')
    const { page: telephone, complaints: others } = await openTab(390, cases[0]!.applicant.account)
    for (const days of [1, 2]) {
      await moveClock(days * DAY)
      await board.goto('/oversight')
      await board.getByText(WORDS).waitFor()
      expect(await board.getByText(WORDS).textContent()).to.contain(`${CASES} 项在办事项在等`)
      await telephone.goto(`/apply/cases/${cases[0]!.id}`)
      await telephone.getByText(WORDS).waitFor()
      expect([...await faultsOf(board), ...await faultsOf(telephone)]).to.deep.equal([])
      if (process.env.SHOTS) {
        await board.screenshot({ path: `${process.env.SHOTS}/tax-down-board-${days}.png` })
        await telephone.screenshot({ path: `${process.env.SHOTS}/tax-down-case-${days}.png`, fullPage: true })
      }
    }
    expect([...complaints, ...others]).to.deep.equal([])
  })

  it('lets every declaration that waited finish by itself, none twice', async () => {
    await department('tax', 'faults', { faults: [] })
    for (const { applicant, id } of cases) {
      const done = await workUntil(applicant, id, found => isFinal(itemOf(found, 'contribution')), () => undefined, 120_000)
      const { status, retrying, rows } = itemOf(done, 'contribution')
      expect({ status, retrying }).to.deep.equal({ status: 'delivered', retrying: null })
      for (const row of rows) {
        const { entries } = await department('tax', `ledger?subject=${row.id}`)
        expect(entries.map(({ kind }: any) => kind), row.insurance).to.deep.equal(['contribution-assessment', 'contribution-declaration'])
      }
    }
    const { retrying } = await (await stack().as('supervisor-gx')).get('sla/summary')
    expect(retrying.filter((one: any) => one.department === 'tax')).to.deep.equal([])
  })
})
