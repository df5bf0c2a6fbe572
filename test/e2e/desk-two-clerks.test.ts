import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { until } from '../support/until.ts'
import { describeInBrowser, openTab } from './support/browser.ts'
import type { Tab } from './support/browser.ts'
import { clearQueue, submit, taskOf } from './support/desk.ts'
import { stack } from './support/root-stack.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- answers of the interface are read as they come */

/** Two clerks press in each; DESK_ROUNDS=200 for the long run. */
const ROUNDS = Number(process.env.DESK_ROUNDS ?? 10)
const ACCOUNTS = ['hrss-gx', 'hrss-gx3'] as const
const NAMES = ['韦立新', '梁桂香'] as const

describeInBrowser('two clerks in two browsers @web', function () {
  this.timeout(60_000 + ROUNDS * 6000)
  let tabs: Tab[]
  const pages = (): [Page, Page] => [tabs[0]!.page, tabs[1]!.page]
  const both = <T>(act: (page: Page, index: number) => Promise<T>): Promise<T[]> => Promise.all(pages().map(act))

  before(async () => { tabs = await Promise.all(ACCOUNTS.map(account => openTab(1440, account))) })
  after(() => Promise.all(tabs.map(({ close }) => close())))

  /** Both press a key at the same moment; answers what the server said to each. */
  const pressTogether = async (key: string, path: string): Promise<{ status: number; body: any }[]> => {
    const answers = both(page => page.waitForResponse(response => response.request().method() === 'POST' && response.url().endsWith(path)))
    await both(page => page.keyboard.press(key))
    return Promise.all((await answers).map(async answer => ({ status: answer.status(), body: await answer.json().catch(() => null) })))
  }
  const toList = (): Promise<void[]> => both(async page => {
    await page.goto('/desk')
    await page.getByRole('row').nth(1).waitFor()
  })

  it('never get the same task, and lose none, by pressing next or claim on one queue at once', async () => {
    await clearQueue()
    const ids = await Promise.all(Array.from({ length: 4 }, async () => (await taskOf((await submit()).id)).id as string))
    const counted = { next: 0, claim: 0 }
    await toList()
    for (let round = 0; round < ROUNDS; round++) {
      const isNext = round % 2 === 0
      const answers = await (isNext ? pressTogether('n', '/tasks/next') : pressTogether('c', '/claim'))
      const won = answers.map(({ status }) => status === 200)
      if (isNext) {
        expect(won, `round ${round}`).to.deep.equal([true, true])
        expect(answers[0]!.body.id, `round ${round}`).to.not.equal(answers[1]!.body.id)
        await both(page => page.getByRole('button', { name: '退回（g）' }).waitFor())
        expect((await pressTogether('g', '/unclaim')).map(({ status }) => status)).to.deep.equal([200, 200])
        await both(async page => {
          await page.getByRole('button', { name: '签收（c）' }).waitFor()
          await page.keyboard.press('l')
        })
        counted.next++
      } else {
        expect(won.filter(Boolean), `round ${round}`).to.have.length(1)
        const [winner, loser] = won[0] ? [0, 1] as const : [1, 0] as const
        await pages()[loser].getByText(`签收人：${NAMES[winner]}`).last().waitFor()
        const { id } = answers[winner]!.body
        await (await stack().as(ACCOUNTS[winner])).post(`tasks/${id}/unclaim`, {})
        counted.claim++
      }
      // Both lists show all four again, so that the keys stand on the same row.
      await both(page => until('the whole list', async () => await page.locator('tbody tr[data-row-key]').count() === ids.length))
    }
    const free = (await (await stack().as(ACCOUNTS[0])).get('tasks?queue=group&limit=100')).tasks.map(({ id }: any) => id)
    expect(free).to.have.members(ids)
    process.stdout.write(`      ${counted.next} times next and ${counted.claim} times claim at once: no task to both, none lost\n`)
  })

  it('one wins when one approves and the other rejects, and the other is told who decided what', async () => {
    const { id, applicant } = await submit()
    const task = await taskOf(id)
    await both(async (page, index) => {
      await page.goto(`/desk/tasks/${task.id}`)
      await page.getByRole('button', { name: '签收（c）' }).waitFor()
      await page.keyboard.press(index === 0 ? '1' : '2')
    })
    const [approver, rejecter] = pages()
    await approver.getByRole('button', { name: '确定通过' }).waitFor()
    await rejecter.getByRole('combobox', { name: '理由' }).click()
    await rejecter.keyboard.press('ArrowDown')
    await rejecter.keyboard.press('Enter')
    await rejecter.getByRole('button', { name: '确定不予核定' }).focus()
    const answers = await pressTogether('Enter', '/complete')
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 409])
    const winner = answers[0]!.status === 200 ? 0 : 1
    await pages()[1 - winner]!.getByText(`已由${NAMES[winner]}作出意见“${winner === 0 ? '通过' : '不予核定'}”`).waitFor()
    await pages()[1 - winner]!.getByText('已作出意见').or(pages()[1 - winner]!.getByText('已办结')).first().waitFor()
    const audit = (await applicant.get(`applications/${id}`)).items
    expect(audit).to.have.length(1)
  })
})
