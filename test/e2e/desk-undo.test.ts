import { expect } from 'chai'
import { writeStaff } from '../support/people.ts'
import { until } from '../support/until.ts'
import { describeInBrowser, openTab } from './support/browser.ts'
import { engine, itemOf } from './support/case.ts'
import { openClaimed, submit, taskOf } from './support/desk.ts'
import { faultless } from './support/faultless.ts'
import { DESK_WIDTHS, picture } from './support/picture.ts'
import { stack } from './support/root-stack.ts'

/** As in production, where the suite has no time to wait otherwise. */
const PRODUCTION = { DECISION_UNDO_SECONDS: '10', STAFF_SESSIONS: '2' }
const UNDO_MS = 10_000
/** An account that no other test is logged in as: its sessions are ended here. */
const CLERK = { account: 'hrss-gx-undo', name: '黄小丽', roles: ['clerk'], region: 'guangxi', department: 'hrss', division: '450103' }

describeInBrowser('a desk as in production @web', function () {
  this.timeout(120_000)
  let usual: NodeJS.ProcessEnv

  before(async () => {
    writeStaff(stack().dataDir, [CLERK])
    usual = await stack().restartServer(PRODUCTION)
  })
  after(() => stack().restartServer(usual))

  it('lets a decision be taken back for ten seconds, in which the engine is told nothing', async () => {
    const cases = await Promise.all([submit(), submit()])
    const [kept, undone] = await Promise.all(cases.map(({ id }) => taskOf(id)))
    const { page, close } = await openTab(1440, CLERK.account)
    /** Gives the moment before the decision, ms: the time to undo it begins a little later. */
    const approve = async (id: string): Promise<number> => {
      await openClaimed(page, id)
      await page.keyboard.press('1')
      await page.getByRole('button', { name: '确定通过' }).waitFor()
      const decidedAt = Date.now()
      await page.keyboard.press('Enter')
      await page.getByText(/已作出意见“通过”，\d+ 秒后生效/).waitFor()
      return decidedAt
    }
    const decidedAt = await approve(kept.id)
    await approve(undone.id)
    await faultless(page, 'undo')
    await picture(page, 'desk-undo', DESK_WIDTHS)
    await page.keyboard.press('u')
    await page.waitForURL(`**/desk/tasks/${undone.id}`)
    await page.getByRole('button', { name: '通过（1）' }).waitFor()
    const isOpen = async (id: string): Promise<boolean> => (await engine(`task?taskId=${id}`)).length === 1
    while (Date.now() < decidedAt + UNDO_MS - 500) expect(await isOpen(kept.id), 'before its time is over').to.equal(true)
    await until('the decision that was not undone', async () =>
      itemOf(await cases[0]!.applicant.get(`applications/${cases[0]!.id}`), 'resident-pension').outcome === 'approved')
    expect(await isOpen(undone.id), 'what was undone').to.equal(true)
    const late = await page.evaluate(`fetch('/api/v1/tasks/${kept.id}/undo', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
      .then(async response => [response.status, (await response.json()).code])`)
    expect(late).to.deep.equal([409, 'UNDO_EXPIRED'])
    await close()
  })

  it('ends the oldest session of who logs in once too often, and says why', async () => {
    const oldest = await openTab(1440, CLERK.account)
    await oldest.page.goto('/desk')
    await oldest.page.getByRole('heading', { name: '本组待领' }).waitFor()
    const others = [await openTab(1440, CLERK.account), await openTab(1440, CLERK.account)]
    await oldest.page.keyboard.press('n')
    await oldest.page.getByText('已超过同时登录的上限').first().waitFor()
    await oldest.page.reload()
    await oldest.page.getByRole('heading', { name: '这里已退出登录' }).waitFor()
    await faultless(oldest.page, 'replaced')
    await picture(oldest.page, 'desk-replaced', DESK_WIDTHS)
    for (const { page } of others) {
      await page.goto('/desk')
      await page.getByRole('heading', { name: '本组待领' }).waitFor()
    }
    await Promise.all([oldest, ...others].map(({ close }) => close()))
  })
})
