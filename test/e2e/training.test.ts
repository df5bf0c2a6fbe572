import { expect } from 'chai'
import { readConfig } from '../../core/config.ts'
import type { ApiClient } from '../../scripts/client.ts'
import { correction } from '../../scripts/training/exercises/correction.ts'
import { overdueCard } from '../../scripts/training/exercises/overdue-card.ts'
import { taxDown } from '../../scripts/training/exercises/tax-down.ts'
import type { Exercise } from '../../scripts/training/exercise.ts'
import { train } from '../../scripts/training/exercise.ts'
import { createStage } from '../../scripts/training/stage.ts'
import type { Stage } from '../../scripts/training/stage.ts'
import { taskOf } from '../../scripts/training/find.ts'
import { stack } from './support/root-stack.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- answers of the interface are read as they come */

/** What a trainee does at each step, over the interface; `answers` are given in turn. */
interface Trainee {
  readonly deeds: readonly ((stage: Stage, said: string) => Promise<unknown>)[]
  readonly answers?: readonly (() => Promise<string>)[]
}

/** Plays an exercise with a trainee who does each thing only after being seen not to have done it. */
async function play(exercise: Exercise, { deeds, answers = [] }: Trainee): Promise<string[]> {
  const { system } = stack()
  const said: string[] = []
  const config = readConfig({ ...system.secrets, PORT: String(system.options.port), PUBLIC_URL: system.baseUrl })
  const inner = createStage({ config, baseUrl: system.baseUrl, region: 'guangxi', root: process.cwd(), say: text => { said.push(text) } })
  // The demonstration's own people may have been enrolled by other tests.
  const stage: Stage = { ...inner, newcomer: async () => { const client = await stack().newcomer(); return { account: client.account, client } } }
  let [asked, waits] = [0, 0]
  const done = new Set<number>()
  await train(exercise, stage, {
    say: text => { said.push(text) },
    ask: async () => {
      // A wrong answer first: it must not be taken.
      asked += 1
      return asked % 2 === 1 ? '不知道' : answers[asked / 2 - 1]!()
    },
    async wait() {
      const step = said.filter(line => /第 \d+ 步/.test(line)).length - 1
      if (++waits > 600) throw new Error(`nothing comes of: ${said.at(-2)}`)
      if (!done.has(step) && deeds[step]) {
        done.add(step)
        await deeds[step](stage, said.at(-2)!)
      }
      await new Promise(resolve => setTimeout(resolve, 100))
    }
  })
  return said
}

const numberIn = (said: string): string => /\d{6}\d{8}YJS\w+/.exec(said)![0]
const idIn = (said: string): string => /cases\/([0-9a-f-]{36})/.exec(said)![1]!

/** The long ones take a minute together; the full run has them. */
const isFull = process.env.TRAINING === 'all'

describe('training', function () {
  this.timeout(180_000)

  it('leads a clerk and an applicant through a correction, and sees each thing done', async () => {
    const clerk = await stack().as('hrss-gx')
    let taken: any
    let id = ''
    const said = await play(correction, {
      deeds: [
        async (_, text) => {
          const { tasks } = await clerk.get('tasks?queue=all&limit=100')
          taken = tasks.find((task: any) => task.number === numberIn(text))
          await clerk.post(`tasks/${taken.id}/claim`)
        },
        async () => clerk.post(`tasks/${taken.id}/complete`, {
          decision: 'correct', reasonCode: 'MATERIAL_NOT_MATCHING',
          correction: { fields: [{ path: '/common/person/mobile', reasonCode: 'MATERIAL_NOT_MATCHING', text: '手机号码打不通，请核对' }], materials: [] }
        }),
        async (_, text) => {
          id = idIn(text)
          const applicant = await stack().as(/用 (\S+) 登录/.exec(text)![1]!)
          const { correction: asked } = (await applicant.get(`applications/${id}`)).items[0]
          await applicant.post(`applications/${id}/items/${taken.slug}/correction`, {
            correctionId: asked.id, fields: { '/common/person/mobile': '13900000001' }, materials: []
          })
        },
        async () => decide(clerk, id, taken.slug)
      ]
    })
    expect(said.filter(line => line === '  ✓ 做到了')).to.have.length(4)
    expect(said.at(-1)).to.contain('完成')
  })

  if (!isFull) return

  it('leads a supervisor through two days without the tax system', async () => {
    const supervisor = await stack().as('supervisor-gx')
    const said = await play(taxDown, {
      answers: [async () => String((await supervisor.get('sla/summary')).retrying.find((one: any) => one.department === 'tax').items)],
      deeds: [
        async () => undefined,
        async (_, text) => supervisor.post(`topics/${/步骤 (\S+)/.exec(text)![1]!}/pause`, { reason: '税务系统停机' }),
        async () => supervisor.post('outages', { department: 'tax', startedOn: new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10), reason: '停机' }),
        async () => {
          for (const { topic } of (await supervisor.get('topics/paused')).topics) await supervisor.post(`topics/${topic}/resume`)
        },
        async () => {
          for (const { id, endedOn } of (await supervisor.get('outages')).outages) if (endedOn === null) await supervisor.post(`outages/${id}/end`)
        }
      ]
    })
    expect(said.filter(line => line === '  不对，请再看一看。')).to.have.length(1)
    expect(said.at(-1)).to.contain('完成')
  })

  it('leads a supervisor and a clerk through an overdue card', async () => {
    const [supervisor, clerk] = [await stack().as('supervisor-gx'), await stack().as('hrss-gx')]
    let item: any
    const said = await play(overdueCard, {
      answers: [async () => {
        const { items } = await supervisor.get('sla/items?colour=red&slug=social-security-card&limit=100')
        item = youngest(items)
        return item.promisedDueDate
      }],
      deeds: [
        async () => undefined,
        async () => supervisor.post('sla/actions', { level: 'supervise', itemId: item.id, text: '请说明原因并办结' }),
        async () => {
          const { actions } = await clerk.get('sla/actions')
          const own = actions.find((one: any) => one.itemId === item.id)
          await clerk.post(`sla/actions/${own.id}/acknowledge`)
          await clerk.post(`sla/actions/${own.id}/answer`, { text: '人手不足，今日办结' })
        },
        async () => decide(clerk, item.applicationId, item.slug),
        async () => {
          const { actions } = await supervisor.get(`sla/actions?applicationId=${item.applicationId}`)
          await supervisor.post(`sla/actions/${actions[0].id}/check`, { isSettled: true, remark: '属实' })
        }
      ]
    })
    expect(said.at(-1)).to.contain('完成')
  })
})

/** Of the red ones the exercise's own: numbers rise. */
const youngest = (items: any[]): any => [...items].sort((a, b) => (a.number < b.number ? 1 : -1))[0]

async function decide(clerk: ApiClient, id: string, slug: string): Promise<void> {
  for (;;) {
    const task = await taskOf(clerk, id, slug)
    if (task) {
      await clerk.send('POST', `tasks/${task.id}/claim`, {})
      return void await clerk.post(`tasks/${task.id}/complete`, { decision: task.decisions[0].value })
    }
    await new Promise(resolve => setTimeout(resolve, 200))
  }
}
