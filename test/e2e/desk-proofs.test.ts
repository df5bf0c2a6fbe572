import { expect } from 'chai'
import { randomOf } from '../support/random.ts'
import { until } from '../support/until.ts'
import { describeInBrowser, openTab } from './support/browser.ts'
import { approveAll, engine, isFinal, itemOf, workUntil } from './support/case.ts'
import { faultless } from './support/faultless.ts'
import { DESK_WIDTHS, picture } from './support/picture.ts'
import { stack } from './support/root-stack.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- answers of the interface are read as they come */

const MATTERS = ['archive-transfer', 'flexible-pension', 'social-security-card', 'resident-medical']
const ADDRESS = '/common/person/residenceAddress'
/** Random operations of the comparison; DESK_OPERATIONS=10000 for the long run. */
const OPERATIONS = Number(process.env.DESK_OPERATIONS ?? 300)
const AT_ONCE = 6
const KEY = 'guangxi-spot-check'

const SPOT_CHECK = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="t">
  <bpmn:process id="${KEY}" name="抽查" isExecutable="true" camunda:historyTimeToLive="P30D">
    <bpmn:startEvent id="Start"/>
    <bpmn:sequenceFlow id="a" sourceRef="Start" targetRef="Task_SpotCheck"/>
    <bpmn:userTask id="Task_SpotCheck" name="抽查缴费档次" camunda:candidateGroups="tax">
      <bpmn:documentation>核对缴费档次是否与申请一致。</bpmn:documentation>
      <bpmn:extensionElements><camunda:properties>
        <camunda:property name="decisions" value="true-to-facts=属实,doubtful=存疑"/>
      </camunda:properties></bpmn:extensionElements>
    </bpmn:userTask>
    <bpmn:sequenceFlow id="b" sourceRef="Task_SpotCheck" targetRef="End"/>
    <bpmn:endEvent id="End"/>
  </bpmn:process>
</bpmn:definitions>`

async function deploySpotCheck(): Promise<void> {
  const form = new FormData()
  form.append('deployment-name', KEY)
  form.append('spot-check.bpmn', new Blob([SPOT_CHECK]), 'spot-check.bpmn')
  const { options, secrets } = stack().system
  const response = await fetch(`http://127.0.0.1:${options.port + 10}/engine-rest/deployment/create`, {
    method: 'POST', body: form, headers: { authorization: `Basic ${Buffer.from(`engine:${secrets.ENGINE_PASSWORD}`).toString('base64')}` }
  })
  if (!response.ok) throw new Error(`deployment: ${response.status} ${await response.text()}`)
}
const startSpotCheck = (): Promise<any> => engine(`process-definition/key/${KEY}/start`, {})

/** Every open task of a clerk's desk, page after page. */
async function everyTask(account: string): Promise<any[]> {
  const clerk = await stack().as(account)
  const found: any[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: any = await clerk.get(`tasks?queue=all&limit=100${cursor ? `&cursor=${cursor}` : ''}`)
    found.push(...page.tasks)
    cursor = page.cursor
  }
  return found
}

interface WaitingCase {
  readonly id: string
  readonly applicant: any
  /** By slug. */
  readonly tasks: Map<string, any>
}

/** A case whose four items all wait for a person, as no register knows the applicant. */
async function waitingCase(): Promise<WaitingCase> {
  const applicant = await stack().newcomer('e2e-unknown')
  const { common, items } = await applicant.get(`regions/guangxi/prefill?matters=${MATTERS.join()}`)
  const { id } = await applicant.post('applications', { region: 'guangxi', channel: 'online', matters: MATTERS, common, items, agent: null })
  await applicant.post(`applications/${id}/submit`, { confirmedNotices: MATTERS, declarationAccepted: true, signature: null })
  const tasks = await until(`the tasks of ${id}`, async () => {
    const open = (await Promise.all(['hrss-gx', 'medical-gx'].map(async account =>
      (await (await stack().as(account)).get(`tasks?queue=all&applicationId=${id}`)).tasks))).flat()
    return open.length === MATTERS.length ? new Map(open.map((task: any) => [task.slug, task])) : undefined
  })
  return { id, applicant, tasks }
}

/** Where and when the engine says that items ended, by slug. */
async function endingsOf(application: any, slugs: readonly string[]): Promise<unknown[]> {
  return Promise.all(slugs.map(async slug => {
    const [instance] = await engine(`history/process-instance?processInstanceBusinessKey=${itemOf(application, slug).id}`)
    return [slug, instance.endTime, instance.state]
  }))
}

/** Sends the address of resident-medical back, and answers the case when it waits for the applicant. */
async function sendBack({ id, applicant, tasks }: WaitingCase): Promise<any> {
  await (await stack().as('medical-gx')).post(`tasks/${tasks.get('resident-medical').id}/complete`, {
    decision: 'correct', correction: { fields: [{ path: ADDRESS, reasonCode: 'FIELD_INCORRECT', text: '请写到门牌号' }], materials: [] }
  })
  return until('the correction', async () => {
    const now = await applicant.get(`applications/${id}`)
    return itemOf(now, 'resident-medical').correction ? now : undefined
  })
}

const resubmit = ({ id, applicant }: WaitingCase, waiting: any): Promise<any> => applicant.post(`applications/${id}/items/resident-medical/correction`, {
  correctionId: itemOf(waiting, 'resident-medical').correction.id, fields: { [ADDRESS]: '新竹路12号1单元201室' }, materials: []
})

describeInBrowser('a correction of the address in resident-medical @web', function () {
  this.timeout(180_000)
  const going = ['flexible-pension', 'social-security-card']

  it('lets the pension and the card go on to their ends, which by the history of the engine the answer does not move', async () => {
    const one = await waitingCase()
    const waiting = await sendBack(one)
    const ended = await workUntil(one.applicant, one.id, now => going.every(slug => isFinal(itemOf(now, slug))),
      task => (going.includes(task.slug) ? approveAll(task) : undefined))
    const endings = await until('the ends in the engine', async () => {
      const all = await endingsOf(ended, going)
      return all.every(one => (one as unknown[])[2] === 'COMPLETED') && all
    })
    expect(itemOf(await one.applicant.get(`applications/${one.id}`), 'resident-medical').status, 'still waits').to.equal('correcting')
    const { affectedItems } = await resubmit(one, waiting)
    expect(affectedItems, 'what is decided is not judged again').to.deep.equal(['resident-medical'])
    const medical = await stack().as('medical-gx')
    await until('the second review', async () => (await medical.get(`tasks?queue=all&applicationId=${one.id}&slug=resident-medical`)).tasks[0])
    expect(await endingsOf(ended, going)).to.deep.equal(endings)
  })

  it('leaves the dates of what is still open, and lists exactly what uses the address, with the cause, to applicant and clerks', async () => {
    const one = await waitingCase()
    const { id, applicant, tasks } = one
    const [medical, clerk] = await Promise.all([stack().as('medical-gx'), stack().as('hrss-gx')])
    const before = await applicant.get(`applications/${id}`)
    const siblings = MATTERS.filter(slug => slug !== 'resident-medical')
    const datesOf = (application: any) => siblings.map(slug => {
      const { deadline, status } = itemOf(application, slug)
      return [slug, deadline.promisedDueDate, status]
    })
    const pension = tasks.get('flexible-pension').id
    await clerk.post(`tasks/${pension}/claim`, {})
    for (const subject of [ADDRESS, '/common/person/mobile']) await clerk.post(`tasks/${pension}/verdicts`, { subject, verdict: 'right' })
    const { page, close } = await openTab(1440, 'hrss-gx')
    await page.goto(`/desk/tasks/${pension}`)
    await page.getByRole('button', { name: '常住地详细地址：相符' }).and(page.locator('[aria-pressed=true]')).waitFor()
    const waiting = await sendBack(one)
    expect(datesOf(waiting)).to.deep.equal(datesOf(before))
    expect((await medical.get(`tasks?queue=correcting&applicationId=${id}`)).tasks.map(({ slug }: any) => slug)).to.deep.equal(['resident-medical'])

    const { affectedItems, affected } = await resubmit(one, waiting)
    expect(affectedItems).to.have.members([...going, 'resident-medical'])
    for (const { causes } of affected) expect(causes.map(({ path, label }: any) => [path, label])).to.deep.equal([[ADDRESS, '申请人 － 常住地详细地址']])
    const again = await until('the second review', async () =>
      (await medical.get(`tasks?queue=all&applicationId=${id}&slug=resident-medical`)).tasks[0])
    expect(again.id).to.not.equal(tasks.get('resident-medical').id)
    expect(datesOf(await applicant.get(`applications/${id}`))).to.deep.equal(datesOf(before))
    const open = (await clerk.get(`tasks?queue=all&applicationId=${id}`)).tasks
    expect(open.map((task: any) => task.id)).to.have.members(siblings.map(slug => tasks.get(slug).id))

    // The clerk's open page says it without a reload, and what was found about the old address counts no more.
    await page.getByRole('heading', { name: '须重新核对' }).waitFor()
    await page.getByText(/常住地详细地址：申请人在“城乡居民基本医疗保险参保登记”补正时改动/).waitFor()
    expect(await page.locator('.verdict [aria-pressed=true]').count()).to.equal(1)
    await faultless(page, 'changed content')
    await picture(page, 'desk-changed-content', DESK_WIDTHS)
    const unconcerned = await clerk.get(`tasks/${tasks.get('archive-transfer').id}/dossier`)
    expect([unconcerned.changes, unconcerned.timeline.filter(({ text }: any) => /一并重新核对/.test(text)).length]).to.deep.equal([[], 1])
    await close()

    const tab = await openTab(390, applicant.account)
    await tab.page.goto(`/apply/cases/${id}`)
    const line = tab.page.locator('.timeline li').filter({ hasText: '一并重新核对' })
    const text = await line.innerText()
    for (const slug of going) expect(text).to.contain(`“${itemOf(before, slug).title}”（用到申请人 － 常住地详细地址）`)
    expect(text).to.not.contain(itemOf(before, 'archive-transfer').title)
    await picture(tab.page, 'apply-changed-content')
    await tab.close()
  })
})

describe('what the desk must not disturb', function () {
  this.timeout(180_000 + OPERATIONS * 100)

  it('a special procedure stops the timers of its item in the engine, and sets them again', async () => {
    const { tasks } = await waitingCase()
    const clerk = await stack().as('hrss-gx')
    const [task, sibling] = [tasks.get('archive-transfer'), tasks.get('flexible-pension')]
    const dueOf = async ({ id }: any): Promise<string[]> => {
      const { processInstanceId } = await engine(`task/${id}`)
      const timers = await engine(`job?timers=true&processInstanceId=${processInstanceId}`)
      return timers.map(({ dueDate }: any) => dueDate.slice(0, 10)).sort()
    }
    const [before, beside] = [await dueOf(task), await dueOf(sibling)]
    await clerk.post(`tasks/${task.id}/claim`, {})
    await clerk.post(`tasks/${task.id}/special`, { kind: 'hearing', reason: '申请人要求听证' })
    await until('the timers stand still', async () => (await dueOf(task)).every(day => day.startsWith('9999')))
    expect(await dueOf(sibling)).to.deep.equal(beside)
    await clerk.post(`tasks/${task.id}/special/end`, {})
    await until('the timers run again', async () => (await dueOf(task)).every((day, index) => !day.startsWith('9999') || before[index]!.startsWith('9999')))
  })

  it('a task that a designer has just drawn appears and is done by its own decisions, without code', async () => {
    await deploySpotCheck()
    const { id: instanceId } = await startSpotCheck()
    const [{ id }] = await engine(`task?processInstanceId=${instanceId}`)
    const clerk = await stack().as('tax-gx')
    const task = await until('the new task', async () => (await everyTask('tax-gx')).find(one => one.id === id))
    expect(task).to.include({ name: '抽查缴费档次', department: 'tax' })
    expect(task.decisions).to.deep.equal([{ value: 'true-to-facts', label: '属实' }, { value: 'doubtful', label: '存疑' }])
    const dossier = await clerk.get(`tasks/${id}/dossier`)
    expect([dossier.application, dossier.why.instruction]).to.deep.equal([null, '核对缴费档次是否与申请一致。'])
    expect((await (await stack().as('hrss-gx')).send('GET', `tasks/${id}`)).status).to.equal(404)
    await clerk.post(`tasks/${id}/complete`, { decision: 'doubtful' })
    await until('its end', async () => (await engine(`history/process-instance/${instanceId}`)).endTime !== null)
  })

  it('shows the same tasks as the engine after many random operations from both sides', async () => {
    await deploySpotCheck()
    const clerk = await stack().as('tax-gx')
    const open: string[] = []
    const random = randomOf(20260325)
    const take = (): string | undefined => open.splice(Math.floor(random() * open.length), 1)[0]
    const operations: readonly (() => Promise<unknown>)[] = [
      async () => open.push((await startSpotCheck()).id as string),
      async () => open.push((await startSpotCheck()).id as string),
      async () => { const id = take(); if (id) await engine(`process-instance/${id}`, undefined, 'DELETE').catch(() => undefined) },
      async () => {
        const [task] = await engine(`task?processInstanceId=${take() ?? 'none'}`)
        if (task) await engine(`task/${task.id}/complete`, {}).catch(() => undefined)
      },
      async () => {
        const task = (await clerk.send('POST', 'tasks/next', {})).body
        if (task) await clerk.send('POST', `tasks/${task.id}/${random() < 0.5 ? 'unclaim' : 'complete'}`, {})
      },
      async () => {
        const task = (await clerk.send('POST', 'tasks/next', {})).body
        if (task) await clerk.send('POST', `tasks/${task.id}/complete`, { decision: task.decisions[0].value })
      }
    ]
    for (let done = 0; done < OPERATIONS; done += AT_ONCE) {
      await Promise.all(Array.from({ length: AT_ONCE }, () => operations[Math.floor(random() * operations.length)]!()))
    }
    await until('both sides agree', async () => {
      const there = (await engine('task?candidateGroup=tax&includeAssignedTasks=true&maxResults=1000')).map(({ id }: any) => id).sort()
      const here = (await everyTask('tax-gx')).map(({ id }) => id).sort()
      return there.length > 0 && JSON.stringify(there) === JSON.stringify(here)
    }, 15_000)
    const left = await engine(`process-instance?processDefinitionKey=${KEY}`)
    for (const { id } of left) await engine(`process-instance/${id}`, undefined, 'DELETE')
  })
})
