import type { Locator, Page } from 'playwright-core'
import { until } from '../../support/until.ts'
import { stack } from './root-stack.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- answers of the interface are read as they come */

/** How an application differs from the plainest one. */
export interface Variation {
  /** Group of newcomers that the applicant belongs to. */
  readonly group?: string
  readonly change?: (content: { common: any; items: any }) => void
  /** Files by the code of their material. */
  readonly files?: readonly (readonly [code: string, file: File])[]
}

/** Submits one application, by default for a matter that always asks a person. */
export async function submit(
  matters: readonly string[] = ['resident-pension'], { group, change, files = [] }: Variation = {}
): Promise<{ id: string; applicant: any }> {
  const applicant = await stack().newcomer(group)
  const content = await applicant.get(`regions/guangxi/prefill?matters=${matters.join()}`)
  change?.(content)
  const { common, items } = content
  const { id } = await applicant.post('applications', { region: 'guangxi', channel: 'online', matters, common, items, agent: null })
  for (const [code, file] of files) {
    const form = new FormData()
    form.set('code', code)
    form.set('file', file)
    await applicant.call('POST', `applications/${id}/materials`, form)
  }
  await applicant.post(`applications/${id}/submit`, { confirmedNotices: matters, declarationAccepted: true, signature: null })
  return { id, applicant }
}

/** The task of an application once it has reached the desk. */
export async function taskOf(id: string, slug = 'resident-pension'): Promise<any> {
  const clerk = await stack().as(slug === 'resident-medical' ? 'medical-gx' : 'hrss-gx')
  return until(`the task of ${id}`, async () => (await clerk.get(`tasks?queue=all&applicationId=${id}&slug=${slug}`)).tasks[0])
}

/** A colleague takes what other tests have left waiting, so that the queue holds clean cases alone. */
export async function clearQueue(): Promise<void> {
  const colleague = await stack().as('hrss-gx3')
  while ((await colleague.send('POST', 'tasks/next', {})).status === 200);
}

/** Opens the list of all tasks with one number looked up, however many others there are; answers its row's link. */
export async function openList(page: Page, number: string, queue = 'all'): Promise<Locator> {
  await page.goto(`/desk?queue=${queue}`)
  await page.locator('.filter-text input').fill(number)
  await page.keyboard.press('Enter')
  const row = page.getByRole('link', { name: number })
  await row.first().waitFor()
  // The keys belong to the page again.
  await page.locator('.filter-text input').blur()
  return row
}

/** Opens the page of a task and takes it by its key. */
export async function openClaimed(page: Page, id: string): Promise<void> {
  await page.goto(`/desk/tasks/${id}`)
  await page.getByRole('button', { name: '签收（c）' }).waitFor()
  await page.keyboard.press('c')
  await page.getByRole('button', { name: '退回（g）' }).waitFor()
}
