import type { Exercise } from '../exercise.ts'
import { isApproved, itemOf } from '../find.ts'
import { submitForReview } from '../under-review.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- answers of the interface are read as they come */

const CARD = 'social-security-card'
/** Past the promise of every region, however many holidays lie between. */
const DAYS = 45

/** For supervisors and clerks together: an item that nobody took is found, pressed for, done and answered for. */
export const overdueCard: Exercise = {
  title: '一张超期的社保卡',
  about: '给监督人员和办理人员。一件没有人签收，超过了承诺的期限：找到它，督办，办结，答复。',
  learnt: '黄牌、红牌由时钟自动亮起；督办件有期限、有答复、有核查；超期不会自动通过，也不会自动驳回。',

  async begin(stage) {
    const { id, number, title, applicant, clerk } = await submitForReview(stage, CARD)
    const account = stage.accountOf('supervisor')
    const supervisor = await stage.as(account)
    const open = async (): Promise<any> => (await supervisor.get(`sla/items?colour=red&slug=${CARD}&limit=100`)).items
      .find((one: any) => one.applicationId === id)
    const action = async (): Promise<any> => (await supervisor.get(`sla/actions?applicationId=${id}`)).actions[0]
    await stage.daysLater(DAYS)
    stage.say(`  业务时钟已拨快 ${DAYS} 天，等这一件亮红牌……`)
    await stage.until('红牌', async () => await open() !== undefined)
    return [
      {
        task: `用 ${account} 登录 ${stage.baseUrl}/oversight ，打开“在办事项”，只看红牌，找到 ${number}“${title}”。`
          + '它承诺哪一天前办结？（如 2026-03-24）',
        answer: async () => (await open())?.promisedDueDate ?? ''
      },
      { task: '打开这一件，看是谁在等谁，然后发出“督办”。', isDone: async () => await action() !== undefined },
      {
        task: `用 ${clerk.account} 登录 ${stage.baseUrl}/desk ，打开“收到的督办”，签收，写明原因答复。`,
        isDone: async () => ['answered', 'closed'].includes((await action()).state)
      },
      {
        task: `签收 ${number}“${title}”，核对后审核通过。`,
        isDone: async () => isApproved(await itemOf(applicant.client, id, CARD))
      },
      {
        task: `再用 ${account} 打开“督办件”，核查答复，办结这一件督办。`,
        isDone: async () => (await action()).state === 'closed'
      }
    ]
  }
}
