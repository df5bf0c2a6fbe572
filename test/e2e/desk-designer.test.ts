import { expect } from 'chai'
import type { ApiClient } from '../../scripts/client.ts'
import { withVillageStep } from '../engine/village-step.ts'
import { askingForTwo } from '../server/support/second-person.ts'
import { writeStaff } from '../support/people.ts'
import { until } from '../support/until.ts'
import { describeInBrowser, openTab } from './support/browser.ts'
import { engine, itemOf } from './support/case.ts'
import { openClaimed, openList, submit, taskOf } from './support/desk.ts'
import { faultless } from './support/faultless.ts'
import { DESK_WIDTHS, picture } from './support/picture.ts'
import { stack } from './support/root-stack.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- answers of the interface are read as they come */

const GROUP = 'village'
const INSPECTOR = { account: 'village-gx', name: '覃春兰', roles: ['clerk'], region: 'guangxi', department: GROUP, division: '450103' }
const REASON = '增加村级核验'

/** Hands a model in, lets a second designer release it, and answers how to put the earlier one in force again. */
async function release(key: string, xml: string): Promise<() => Promise<void>> {
  const [first, second] = await Promise.all([stack().as('designer-gx'), stack().as('designer2-gx')])
  const { id } = await first.post('drafts', { key, xml })
  await first.post(`drafts/${id}/release`, { reason: REASON })
  const { fromVersion } = await second.post(`drafts/${id}/approve`, {})
  return async () => {
    const back = await first.post(`definitions/${key}/roll-back`, { version: fromVersion, reason: '恢复' })
    await second.post(`drafts/${back.id}/approve`, {})
  }
}

describeInBrowser('what designers have just released, at the desk @web', function () {
  this.timeout(120_000)

  it('a new task for a group that nobody was in before appears to who was put into it, and is done there', async () => {
    const designer: ApiClient = await stack().as('designer-gx')
    const key = 'guangxi-resident-pension'
    const { id: draft } = await designer.post('drafts', { key, xml: withVillageStep(GROUP) })
    const refused = await designer.send('POST', `drafts/${draft}/release`, { reason: REASON })
    expect([refused.status, refused.body.detail]).to.deep.equal([422, (refused.body.findings as any[])[0].message])
    expect(refused.body.detail, 'nobody is in the group').to.contain('没有人员的部门组')
    await designer.send('DELETE', `drafts/${draft}`)

    // The administrator of the identity server makes an account with the new group; nothing of the system is changed or restarted.
    writeStaff(stack().dataDir, [INSPECTOR])
    const { page, complaints, close } = await openTab(1440, INSPECTOR.account)
    await page.goto('/desk')
    await page.getByRole('heading', { name: '本组待领' }).waitFor()
    const takeBack = await release(key, withVillageStep(GROUP))
    try {
      const { id, applicant } = await submit()
      const task = await taskOf(id)
      await (await stack().as('hrss-gx')).post(`tasks/${task.id}/complete`, { decision: 'approve' })
      const row = page.getByRole('link', { name: task.number })
      await row.waitFor()
      await row.click()
      await page.getByRole('button', { name: '签收（c）' }).waitFor()
      const taskId = /tasks\/([\w-]+)/.exec(page.url())![1]!
      expect(await engine(`task/${taskId}/identity-links?type=candidate`)).to.deep.include({ groupId: GROUP, userId: null, type: 'candidate' })
      await page.keyboard.press('c')
      await page.getByText(`签收人：${INSPECTOR.name}`).waitFor()
      await page.getByText('由村（社区）核对居住情况').waitFor()
      await page.getByText('城乡居民基本养老保险参保登记').nth(1).waitFor()
      await faultless(page, 'a new group')
      await picture(page, 'desk-new-group', DESK_WIDTHS)
      await page.keyboard.press('1')
      await page.getByRole('button', { name: '确定属实' }).click()
      await until('the approval', async () => itemOf(await applicant.get(`applications/${id}`), 'resident-pension').outcome === 'approved')
      expect(complaints).to.deep.equal([])
    } finally {
      await takeBack()
      await close()
    }
  })

  it('a rule that asks for two people: the first proposes, cannot agree with oneself, and a second one decides', async () => {
    const takeBack = await release('guangxi-review', askingForTwo('review-resident-pension'))
    const [first, second] = await Promise.all([openTab(1440, 'hrss-gx'), openTab(1440, 'hrss-gx3')])
    try {
      const { id, applicant } = await submit()
      const task = await taskOf(id)
      await openClaimed(first.page, task.id)
      await first.page.keyboard.press('1')
      await first.page.getByRole('button', { name: '确定通过' }).click()
      await first.page.getByText('已提出意见“通过”，等待另一人复核').waitFor()
      await openClaimed(first.page, task.id)
      await first.page.getByText('须两人办理：').waitFor()
      await first.page.keyboard.press('1')
      await first.page.getByRole('button', { name: '确定通过' }).click()
      await first.page.getByText('请交由另一名工作人员复核').first().waitFor()
      await first.page.keyboard.press('Escape')
      await first.page.getByRole('dialog').waitFor({ state: 'hidden' })
      await first.page.keyboard.press('g')
      await first.page.getByRole('button', { name: '签收（c）' }).waitFor()
      expect(itemOf(await applicant.get(`applications/${id}`), 'resident-pension').outcome).to.equal(null)
      await (await openList(second.page, task.number)).click()
      await second.page.getByText('韦立新 已提出意见“通过”').waitFor()
      await faultless(second.page, 'two people')
      await picture(second.page, 'desk-two-people', DESK_WIDTHS)
      await second.page.keyboard.press('1')
      await second.page.getByRole('button', { name: '确定通过' }).click()
      await second.page.getByText('已作出意见“通过”').waitFor()
      await until('the approval', async () => itemOf(await applicant.get(`applications/${id}`), 'resident-pension').outcome === 'approved')
    } finally {
      await takeBack()
      await Promise.all([first.close(), second.close()])
    }
  })
})
