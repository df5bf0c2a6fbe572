import { expect } from 'chai'
import type { Locator, Page } from 'playwright-core'
import { until } from '../support/until.ts'
import { engine, itemOf } from './support/case.ts'
import { describeInBrowser, faultsOf, openTab } from './support/browser.ts'
import { stack } from './support/root-stack.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- answers of the interface are read as they come */

/** Words that are no English: the label of the numbers, and what applicants wrote. */
const NO_ENGLISH = /YJS|[\w.]+@[\w.]+/g
/** Cases decided by keyboard; DESK_CASES=50 for the figure of a whole morning. */
const CASES = Number(process.env.DESK_CASES ?? 8)
/** Two clerks press in each. */
const ROUNDS = 100

/** Submits one application for a matter that always asks a person. */
async function submit(
  matters: readonly string[] = ['resident-pension'], change: (items: any) => void = () => undefined
): Promise<{ id: string; applicant: any }> {
  const applicant = await stack().newcomer()
  const { common, items } = await applicant.get(`regions/guangxi/prefill?matters=${matters.join()}`)
  change(items)
  const { id } = await applicant.post('applications', { region: 'guangxi', channel: 'online', matters, common, items, agent: null })
  await applicant.post(`applications/${id}/submit`, { confirmedNotices: matters, declarationAccepted: true, signature: null })
  return { id, applicant }
}

/** The task of an application once it has reached the desk. */
async function taskOf(id: string, slug = 'resident-pension'): Promise<any> {
  const clerk = await stack().as(slug === 'resident-medical' ? 'medical-gx' : 'hrss-gx')
  return until(`the task of ${id}`, async () => (await clerk.get(`tasks?queue=all&applicationId=${id}&slug=${slug}`)).tasks[0])
}

/** A colleague takes what other tests have left waiting, so that the queue holds clean cases alone. */
async function clearQueue(): Promise<void> {
  const colleague = await stack().as('hrss-gx3')
  while ((await colleague.send('POST', 'tasks/next', {})).status === 200);
}

/** Opens the list of all tasks with one number looked up, however many others there are; answers its row's link. */
async function openList(page: Page, number: string): Promise<Locator> {
  await page.goto('/desk?queue=all')
  await page.locator('.filter-text input').fill(number)
  await page.keyboard.press('Enter')
  const row = page.getByRole('link', { name: number })
  await row.waitFor()
  // The keys belong to the page again.
  await page.locator('.filter-text input').blur()
  return row
}

async function englishOn(page: Page): Promise<string[]> {
  const text = await page.evaluate('document.body.innerText + [...document.querySelectorAll("[aria-label],[title],[placeholder],[alt]")]'
    + '.map(e => ["aria-label","title","placeholder","alt"].map(name => e.getAttribute(name) ?? "").join(" ")).join(" ")') as string
  return [...new Set(text.replace(NO_ENGLISH, '').match(/[A-Za-z]{2,}/g) ?? [])]
}

async function faultless(page: Page, what: string): Promise<void> {
  await page.waitForTimeout(400) // until dialogues stand still: axe measures what is half transparent as it is
  expect(await faultsOf(page), what).to.deep.equal([])
  expect(await englishOn(page), what).to.deep.equal([])
}

describeInBrowser('the desk in a browser @web', function () {
  this.timeout(120_000)

  for (const width of [1440, 1024]) {
    it(`is whole, Chinese and without a fault at ${width} px`, async () => {
      const { id } = await submit()
      const task = await taskOf(id)
      const { page, complaints, close } = await openTab(width, 'hrss-gx')
      await openList(page, task.number)
      await faultless(page, 'list')
      await page.keyboard.press('?')
      await page.getByRole('heading', { name: '任务清单' }).waitFor()
      await faultless(page, 'shortcuts')
      await page.keyboard.press('Escape')
      await page.goto(`/desk/tasks/${task.id}`)
      await page.getByRole('button', { name: '签收（c）' }).waitFor()
      await page.keyboard.press('c')
      await page.getByText('签收人：韦立新').waitFor()
      await page.getByRole('heading', { name: '为什么在此' }).waitFor()
      await faultless(page, 'case')
      for (const name of ['全部事项', '办理过程', '备注和征询', '文书', '流程图']) await page.getByRole('tab', { name }).click()
      await faultless(page, 'tabs')
      await page.getByRole('button', { name: '联系电话：不符' }).click()
      await page.locator('.is-wrong').waitFor()
      if (width < 1440) return close()
      for (const [key, title] of [['1', '办理意见：通过'], ['2', '办理意见：不予核定'], ['3', '办理意见：补正'], ['t', '交给同事'], ['v', '查看全部信息']] as const) {
        await page.keyboard.press(key)
        await page.getByRole('dialog').getByText(title).waitFor()
        await faultless(page, title)
        await page.keyboard.press('Escape')
        await page.getByRole('dialog').waitFor({ state: 'hidden' })
      }
      expect(complaints).to.deep.equal([])
      await close()
    })
  }

  it('lets a clerk register the original that was shown, and says so for good', async () => {
    const { id } = await submit(['archive-transfer'], items => { items['archive-transfer'].archiveHolderType = 'state-employer' })
    const task = await taskOf(id, 'archive-transfer')
    const { page, complaints, close } = await openTab(1440, 'hrss-gx')
    await page.goto(`/desk/tasks/${task.id}`)
    await page.getByRole('button', { name: '签收（c）' }).waitFor()
    await page.keyboard.press('c')
    await page.getByRole('button', { name: /脱离关系的批文.*原件已核，到任一政务服务窗口出示原件/ }).click()
    await page.getByText(/^原件已核（\d/).waitFor()
    await page.waitForTimeout(400)
    expect(await faultsOf(page)).to.deep.equal([])
    expect(complaints).to.deep.equal([])
    const clerk = await stack().as('hrss-gx')
    const { materials } = await clerk.get(`applications/${id}/materials`)
    expect(materials.find(({ code }: any) => code === 'archive-release')).to.include({ state: 'original-verified' })
    await clerk.post(`tasks/${task.id}/complete`, { decision: 'approve' })
    await close()
  })

  it('lets cases be decided by keyboard alone, with at most six keys each', async () => {
    await clearQueue()
    const cases = await Promise.all(Array.from({ length: CASES }, () => submit()))
    for (const { id } of cases) await taskOf(id)
    const { page, close } = await openTab(1440, 'hrss-gx')
    let keys = 0
    const press = async (key: string): Promise<void> => { keys++; await page.keyboard.press(key) }
    await page.goto('/desk')
    await page.getByRole('heading', { name: '本组待领' }).waitFor()
    let decided = 0
    for (;;) {
      const answered = page.waitForResponse(response => response.url().endsWith('/tasks/next'))
      await press('n')
      if ((await answered).status() === 204) break
      await page.getByRole('button', { name: '通过（1）' }).waitFor()
      await press('1')
      await page.getByRole('button', { name: '确定通过' }).waitFor()
      await press('Enter')
      await page.getByRole('heading', { name: '本组待领' }).waitFor()
      decided++
    }
    expect(decided).to.be.at.least(CASES)
    expect(keys / decided).to.be.at.most(6)
    process.stdout.write(`      ${decided} cases, ${(keys / decided).toFixed(2)} keys each\n`)
    for (const { id, applicant } of cases) {
      await until(`the decision on ${id}`, async () => itemOf(await applicant.get(`applications/${id}`), 'resident-pension').outcome === 'approved')
    }
    await close()
  })

  it('never hands one task to two clerks who press at once, and loses none', async () => {
    const ids = (await Promise.all(Array.from({ length: 4 }, () => submit()))).map(({ id }) => id)
    const tasks = await Promise.all(ids.map(id => taskOf(id)))
    const clerks = await Promise.all(['hrss-gx', 'hrss-gx3'].map(account => stack().as(account)))
    for (let round = 0; round < ROUNDS; round++) {
      const taken = await Promise.all(clerks.map(clerk => clerk.post('tasks/next', {})))
      expect(taken[0].id, `round ${round}`).to.not.equal(taken[1].id)
      await Promise.all(clerks.map((clerk, index) => clerk.post(`tasks/${taken[index].id}/unclaim`, {})))
    }
    const free = (await clerks[0]!.get('tasks?queue=group&limit=100')).tasks.map(({ id }: any) => id)
    expect(free).to.include.members(tasks.map(({ id }) => id))
  })

  it('shows who was faster, and who decided when two decide at once', async () => {
    const task = await taskOf((await submit()).id)
    const [one, other] = await Promise.all(['hrss-gx', 'hrss-gx3'].map(account => openTab(1440, account)))
    for (const { page } of [one!, other!]) {
      await page.goto(`/desk/tasks/${task.id}`)
      await page.getByRole('button', { name: '签收（c）' }).waitFor()
    }
    await Promise.all([one!.page.keyboard.press('c'), other!.page.keyboard.press('c')])
    const holder = (await until('a holder', async () => (await (await stack().as('hrss-gx')).get(`tasks/${task.id}`)).holder)) as string
    for (const { page } of [one!, other!]) await page.getByText(`签收人：${holder}`).first().waitFor()
    const second = await taskOf((await submit()).id)
    const clerks = await Promise.all(['hrss-gx', 'hrss-gx3'].map(account => stack().as(account)))
    const answers = await Promise.all([
      clerks[0]!.send('POST', `tasks/${second.id}/complete`, { decision: 'approve' }),
      clerks[1]!.send('POST', `tasks/${second.id}/complete`, { decision: 'reject', reasonCode: 'OTHER' })
    ])
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 409])
    expect(answers.find(({ status }) => status === 409)!.body.detail).to.be.a('string').and.match(/[办理签收]/)
    for (const { close } of [one!, other!]) await close()
  })

  it('takes a task off every open list within two seconds after the engine has lost it', async () => {
    const { id } = await submit()
    const task = await taskOf(id)
    const { page, close } = await openTab(1440, 'hrss-gx')
    const row = await openList(page, task.number)
    await engine(`task/${task.id}/complete`, { variables: { decision: { value: 'approve', type: 'String' } } })
    const gone = Date.now()
    await row.waitFor({ state: 'detached', timeout: 10_000 })
    expect(Date.now() - gone).to.be.below(4000) // 2 s on an idle machine: feed and stream look once a second each
    await close()
  })
})
