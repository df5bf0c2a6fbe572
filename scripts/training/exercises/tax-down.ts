import type { Exercise } from '../exercise.ts'
import { decideTasks, itemOf } from '../find.ts'
import type { Stage } from '../stage.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- answers of the interface are read as they come */

/** For supervisors: the department of the declaration is away for two days, nothing is lost and nobody is late for it. */
export const taxDown: Exercise = {
  title: '税务系统停两天',
  about: '给监督人员。部门系统停机时看什么、做什么、恢复后做什么。',
  learnt: '停机两天，办件没有丢，也没有办两次；其他部门的事项照常办结；登记的故障期间不计入期限。',

  async begin(stage) {
    const { slug, department, title } = stage.matterWithRows()
    await stage.faults(department, [{ mode: 'maintenance' }])
    const { account, client } = await stage.newcomer()
    const { id, number } = await client.apply(stage.region, [...stage.plan.matters])
    stage.say(`  税务系统已停机。${account} 提交了 ${number}，正在办到“${title}”……`)
    await stage.until(`“${title}”等候税务系统`, async () => {
      await decideTasks(stage, id)
      return (await itemOf(client, id, slug)).retrying !== null
    })
    const officer = stage.accountOf('supervisor')
    const supervisor = await stage.as(officer)
    const isPaused = async (): Promise<boolean> =>
      (await supervisor.get('topics/paused')).topics.some(({ topic }: any) => topic.startsWith(`${stage.region}.${slug}.`))
    const outage = async (): Promise<any> =>
      (await supervisor.get('outages')).outages.find((one: any) => one.department === department)
    return [
      {
        task: `用 ${officer} 登录 ${stage.baseUrl}/oversight ，在“看板”上找到没有回应的系统。有几项在办事项在等它？（填数字）`,
        answer: async () => String((await supervisor.get('sla/summary')).retrying.find((one: any) => one.department === department)?.items ?? 0)
      },
      {
        task: `停机还要一阵。打开“办件程序”，暂停步骤 ${stage.region}.${slug}.declare ，写明原因：等待的件就不会用完重试次数。`,
        isDone: isPaused
      },
      {
        task: '打开“工作日与故障”，登记税务部门的系统故障，自今日起：期限顺延，窗口也知道怎样答复。',
        isDone: async () => (await outage())?.endedOn === null
      },
      {
        before: async () => {
          await stage.daysLater(2)
          await stage.faults(department, [])
        },
        task: '两天过去了（业务时钟已拨快两天），税务系统恢复了。打开“办件程序”，恢复暂停的步骤。',
        isDone: async () => !(await isPaused())
      },
      { task: '打开“工作日与故障”，登记故障结束。', isDone: async () => (await outage())?.endedOn !== null },
      {
        task: `不必重发，也不必联系申请人：看“在办事项”里 ${number} 自己办下去，直到“${title}”送达。`,
        isDone: async () => (await itemOf(client, id, slug)).status === 'delivered' && await isDeclaredOnce(stage, client, { id, slug, department })
      }
    ]
  }
}

/** By the department's own ledger: each row was declared once. */
async function isDeclaredOnce(
  stage: Stage, client: any, { id, slug, department }: { id: string; slug: string; department: Parameters<Stage['ledger']>[0] }
): Promise<boolean> {
  const { rows } = await itemOf(client, id, slug)
  const kinds = await Promise.all(rows.map(async (row: any) => (await stage.ledger(department, row.id)).map(({ kind }) => kind)))
  return kinds.every(list => list.length > 0 && new Set(list).size === list.length)
}
