import type { Exercise } from '../exercise.ts'
import { isApproved, itemOf, taskOf } from '../find.ts'
import { submitForReview } from '../under-review.ts'

/** For clerks: everything that is wrong is told at once, the clock stands meanwhile, and the item goes on. */
export const correction: Exercise = {
  title: '一次补正',
  about: '给办理人员。公共数据平台核验不一致，要由人核对；申请人的手机打不通，退回补正一次。',
  learnt: '补正须一次告知全部问题；等待补正的时间不计入期限；同一申请的其他事项照常办理。',

  async begin(stage) {
    const slug = stage.plan.matters[0]!
    const { id, number, title, applicant, clerk } = await submitForReview(stage, slug)
    return [
      {
        task: `用 ${clerk.account} 登录 ${stage.baseUrl}/desk ，找到 ${number}“${title}”，先看页上写着为什么要人来看，再签收。`,
        isDone: async () => await taskOf(clerk.client, id, slug, 'mine') !== undefined
      },
      {
        task: '选“补正”，指出“手机号码”一项，说明“打不通，请核对”，发出。发出前看一看申请人将收到什么。',
        isDone: async () => (await itemOf(applicant.client, id, slug)).status === 'correcting'
      },
      {
        task: `换一个浏览器窗口，用 ${applicant.account} 登录 ${stage.baseUrl}/apply/cases/${id} ，按提示补正并提交。`,
        isDone: async () => (await itemOf(applicant.client, id, slug)).status !== 'correcting'
      },
      {
        task: '回到办理端，打开同一件：看补正前后改了什么、期限停了几天，审核通过。',
        isDone: async () => isApproved(await itemOf(applicant.client, id, slug))
      }
    ]
  }
}
