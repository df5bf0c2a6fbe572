import type { ApiClient } from '../client.ts'
import type { Stage } from './stage.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- answers of the interface are read as they come */

/** An item that has been decided for, on its way to the applicant or there. */
export const isApproved = (item: any): boolean => ['approved', 'delivering', 'delivered'].includes(item.status)

/** One item of an application as its applicant sees it. */
export async function itemOf(client: ApiClient, id: string, slug: string): Promise<any> {
  const { items } = await client.get(`applications/${id}`)
  return items.find((item: any) => item.slug === slug)
}

/** The open task of an item in one of the clerk's queues; undefined while there is none. */
export async function taskOf(clerk: ApiClient, id: string, slug: string, queue: 'all' | 'mine' = 'all'): Promise<any> {
  const { tasks } = await clerk.get(`tasks?queue=${queue}&applicationId=${id}`)
  return tasks.find((task: any) => task.slug === slug)
}

/** Lets the clerks of the demonstration take the first choice of every open task of an application. */
export async function decideTasks(stage: Stage, id: string): Promise<void> {
  for (const account of stage.plan.clerks) {
    const clerk = await stage.as(account)
    const { tasks } = await clerk.get(`tasks?queue=all&applicationId=${id}`)
    for (const task of tasks) {
      if ((await clerk.send('POST', `tasks/${task.id}/claim`, {})).status !== 200) continue
      await clerk.send('POST', `tasks/${task.id}/complete`, { decision: task.decisions[0].value })
    }
  }
}
