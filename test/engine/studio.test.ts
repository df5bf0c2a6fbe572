import { randomUUID } from 'node:crypto'
import { cp, mkdtemp, readFile as readText, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { ApiClient } from '../../scripts/client.ts'
import { exportModels } from '../../scripts/system/export-models.ts'
import { createDecisionService } from '../../server/engine/decisions.ts'
import { deployRegion } from '../../server/engine/deploy.ts'
import { createEngineGateway } from '../../server/engine/gateway.ts'
import { LONGEST } from '../../server/services/studio/scenarios/rehearse.ts'
import { readFile } from '../regions/bpmn-model.ts'
import { brokenModels } from '../server/lint/broken-models.ts'
import { startEngine } from '../support/engine.ts'
import type { RunningEngine } from '../support/engine.ts'
import { staff, startPublicServer } from '../support/public-server.ts'
import type { PublicServer } from '../support/public-server.ts'
import { until } from '../support/until.ts'
import { ProcessPlayer } from './process-player.ts'
import { withVillageStep } from './village-step.ts'

const KEY = 'guangxi-resident-pension'
const REASON = '增加村级核验'

describe('the studio on the real engine', function () {
  this.timeout(240_000)
  let engine: RunningEngine
  let server: PublicServer
  let player: ProcessPlayer
  let first: ApiClient
  let second: ApiClient
  const release = async (xml: string, key = KEY) => {
    const draft = await first.call('POST', 'drafts', { key, xml })
    await first.call('POST', `drafts/${draft.id}/release`, { reason: REASON })
    return second.call('POST', `drafts/${draft.id}/approve`, {})
  }
  const versions = async (key = KEY): Promise<number[]> => (await first.get(`definitions/${key}/versions`)).versions.map((one: { version: number }) => one.version)

  before(async () => {
    engine = await startEngine({ profile: process.env.STACK?.startsWith('camunda') ? 'camunda' : 'operaton' })
    server = await startPublicServer()
    Object.assign(server.ctx.engine, createEngineGateway({ ...engine, clock: server.ctx.clock, log: server.ctx.log }))
    Object.assign(server.ctx, { decisions: createDecisionService(server.ctx.engine) })
    await deployRegion(server.ctx.engine, 'processes/guangxi')
    player = new ProcessPlayer(engine)
    first = await server.as(staff('designer', 'designer-gx'))
    second = await server.as(staff('designer', 'designer2-gx'))
  })
  after(async () => {
    await server?.stop()
    await engine?.stop()
  })

  /** A case that stands before the clerk of 居民养老. */
  async function caseAtReview(): Promise<{ itemId: string; instanceId: string }> {
    const [itemId, inADay] = [randomUUID(), (days: number) => new Date(Date.now() + days * 86_400_000)]
    const instanceId = await player.start(KEY, itemId, { itemId, applicationId: randomUUID(), region: 'guangxi', division: '450103', channel: 'online' })
    await player.work('common.open-item', itemId, { isOpen: true, reviewGroup: 'hrss', warnAt: inADay(2), promisedAt: inADay(3), redAt: inADay(5) })
    await player.work(`guangxi.resident-pension.verify`, itemId, { verification: 'passed', materialsState: 'complete' })
    await player.work(`guangxi.resident-pension.verify-special-group`, itemId, { specialGroup: 'none' })
    await player.userTask(itemId)
    return { itemId, instanceId }
  }

  it('draws a step, is refused until it is complete, tells its impact, and is released by a second person only', async () => {
    const { id } = await first.call('POST', 'drafts', { key: KEY })
    const save = async (xml: string) => first.send('PUT', `drafts/${id}`, { xml }, { 'if-match': '*' })
    expect((await save(withVillageStep(null))).status).to.equal(200)
    const { findings } = await first.call('POST', `drafts/${id}/lint`, {})
    expect(findings.map((one: { element: string }) => one.element)).to.deep.equal(['Task_VillageReview'])
    const refused = await first.send('POST', `drafts/${id}/release`, { reason: REASON })
    expect([refused.status, refused.body.code, refused.body.detail]).to.deep.equal([422, 'MODEL_REFUSED', findings[0].message])
    await save(withVillageStep('hrss'))
    const clean = await first.call('POST', `drafts/${id}/lint`, {})
    expect(clean.findings).to.deep.equal([])
    // No worker runs beside this server, which hinders no release and is said of every step.
    expect(clean.warnings.map((one: { element: string }) => one.element)).to.include.members(['Task_OpenItem', 'Task_RegisterPension'])

    const running = await caseAtReview()
    const impact = await first.call('POST', `drafts/${id}/impact`, {})
    expect(impact.changes.map((one: { text: string }) => one.text)).to.include('新增 人工任务“村级核验”（Task_VillageReview）')
    expect(impact.running.find((one: { activityId: string }) => one.activityId === 'Task_Review')).to.include({ version: 1, count: 1, isMigratable: true })
    expect(impact.timers.every((one: { state: string }) => one.state === 'kept')).to.equal(true)

    await first.call('POST', `drafts/${id}/release`, { reason: REASON })
    const alone = await first.send('POST', `drafts/${id}/approve`, {})
    expect([alone.status, alone.body.code]).to.deep.equal([403, 'SECOND_PERSON_REQUIRED'])
    expect(await versions()).to.deep.equal([1])
    const done = await second.call('POST', `drafts/${id}/approve`, {})
    expect(done).to.include({ fromVersion: 1, toVersion: 2, submittedBy: 'designer-gx', releasedBy: 'designer2-gx', reason: REASON })
    expect(done.sha256).to.match(/^[0-9a-f]{64}$/)

    await newCaseGetsTheStep()
    await moveRunning(running)
  })

  async function newCaseGetsTheStep(): Promise<void> {
    const { itemId } = await caseAtReview()
    await player.decide(itemId, 'Task_Review', 'approve')
    await player.decide(itemId, 'Task_VillageReview', 'approve')
    expect(await player.openTopics(itemId)).to.deep.equal(['guangxi.resident-pension.register'])
  }

  async function moveRunning({ itemId, instanceId }: { itemId: string; instanceId: string }): Promise<void> {
    const [task, timers] = [await player.userTask(itemId), await player.timers(instanceId)]
    expect(task.processDefinitionId).to.match(new RegExp(`^${KEY}:1:`))
    const request = { key: KEY, fromVersion: 1, toVersion: 2, cases: [itemId] }
    const dry = await first.call('POST', 'migrations', { ...request, isDryRun: true })
    expect(dry.cases.map((one: { case: string; state: string }) => [one.case, one.state])).to.deep.equal([[itemId, 'would-move']])
    expect((await player.userTask(itemId)).processDefinitionId).to.equal(task.processDefinitionId)
    const real = await first.call('POST', 'migrations', { ...request, isDryRun: false })
    expect(real.cases[0].state).to.equal('moved')
    const moved = await player.userTask(itemId)
    expect([moved.id, moved.due, await player.timers(instanceId)]).to.deep.equal([task.id, task.due, timers])
    expect(moved.processDefinitionId).to.match(new RegExp(`^${KEY}:2:`))
    await player.decide(itemId, 'Task_Review', 'approve')
    expect((await player.userTask(itemId)).taskDefinitionKey).to.equal('Task_VillageReview')
    const back = await first.call('POST', 'migrations', { ...request, fromVersion: 2, toVersion: 1, isDryRun: true })
    expect(back.cases[0]).to.deep.include({ state: 'stays', reasons: ['村级核验：新版本没有这个步骤'] })
  }

  it('rolls back by two people as well, and a start of the system leaves what was released in force', async () => {
    const draft = await first.call('POST', `definitions/${KEY}/roll-back`, { version: 1, reason: '恢复原流程' })
    expect((await first.send('POST', `drafts/${draft.id}/approve`, {})).status).to.equal(403)
    expect(await second.call('POST', `drafts/${draft.id}/approve`, {})).to.include({ fromVersion: 2, toVersion: 3 })
    expect((await deployRegion(server.ctx.engine, 'processes/guangxi')).deployed).to.deep.equal([])
    expect(await versions()).to.deep.equal([3, 2, 1])
    const { releases } = await second.get('releases')
    expect(releases.map((one: { toVersion: number }) => one.toVersion)).to.deep.equal([3, 2])
    const events = await server.ctx.db('audit_event').where({ chain: 'system' }).pluck('type')
    expect(events).to.include.members(['draft-created', 'draft-submitted', 'model-released', 'cases-migrated'])
  })

  it('moves more cases than one request takes, portion by portion, each of them once', async function () {
    const [key, count] = ['guangxi-flexible-pension', 205]
    const values = (itemId: string) => ({ itemId, applicationId: randomUUID(), region: 'guangxi', division: '450103', channel: 'online' })
    const cases = Array.from({ length: count }, () => randomUUID())
    for (let at = 0; at < count; at += 20) await Promise.all(cases.slice(at, at + 20).map(one => player.start(key, one, values(one))))
    const [fromVersion] = await versions(key)
    const { toVersion } = await release(readFile('processes/guangxi/flexible-pension.bpmn').replace(/(<bpmn:process id="[^"]+" name="[^"]+)"/, '$1（新）"'), key)
    const move = (more: object) => first.call('POST', 'migrations', { key, fromVersion, toVersion, isDryRun: false, ...more })
    const tried = [await move({ isDryRun: true }), await move({ isDryRun: true, offset: 200 })]
    expect(tried.map(({ total, nextOffset, cases: some }) => [total, nextOffset, some.length])).to.deep.equal([[count, 200, 200], [count, null, 5]])
    const done = [await move({}), await move({ offset: 0 })]
    expect(done.map(({ total, nextOffset, cases: some }) => [total, nextOffset, some.length])).to.deep.equal([[5, 0, 200], [0, null, 5]])
    for (const all of [tried, done]) expect(all.flatMap(one => one.cases).map(one => one.case)).to.have.members(cases)
    // Whoever did not hear the answer asks again.
    expect((await move({ cases: cases.slice(0, 200) })).cases).to.deep.equal([])
    const { id } = (await server.ctx.engine.definitionVersion('process', key, toVersion))!
    expect([await server.ctx.engine.countOfVersion(id), (await player.get(`external-task/count?processDefinitionId=${id}`)).count]).to.deep.equal([count, count])
  })

  it('refuses a draft of an overtaken version, a save over another, and another region', async () => {
    const old = await first.call('POST', 'drafts', { key: KEY })
    await release(withVillageStep('hrss'))
    const late = await first.send('POST', `drafts/${old.id}/release`, { reason: REASON })
    expect([late.status, late.body.code]).to.deep.equal([409, 'DRAFT_STATE_CONFLICT'])
    expect((await first.send('PUT', `drafts/${old.id}`, { xml: old.xml })).status).to.equal(428)
    expect((await first.send('PUT', `drafts/${old.id}`, { xml: old.xml }, { 'if-match': '"7"' })).status).to.equal(412)
    const stranger = await server.as(staff('designer', 'designer-nx', { region: 'ningxia' }))
    expect((await stranger.send('GET', `drafts/${old.id}`)).status).to.equal(404)
    expect((await stranger.send('POST', 'drafts', { key: KEY })).status).to.equal(404)
    expect((await first.get(`drafts/${old.id}/revisions`)).revisions).to.have.length(1)
    await first.call('DELETE', `drafts/${old.id}`)
  })

  it('releases a table of deadlines, whose next question is answered by it', async () => {
    const table = readFile('processes/guangxi/deadlines.dmn').replace('promisedWorkingDays"><text>3</text>', 'promisedWorkingDays"><text>2</text>')
    const { changes, toVersion } = await release(table, 'guangxi-deadlines')
    expect(changes.map((one: { text: string }) => one.text)).to.deep.equal(['修改 规则“居民养老参保登记，线上，3个工作日”（deadline-resident-pension-online）：承诺工作日由“3”改为“2”'])
    const folder = await mkdtemp(join(tmpdir(), 'export-'))
    await cp('processes/guangxi', folder, { recursive: true })
    expect(await exportModels(server.ctx.engine, 'guangxi', folder)).to.deep.include({ name: 'deadlines.dmn', outcome: 'changed' })
    expect(await readText(join(folder, 'deadlines.dmn'), 'utf8')).to.equal(table)
    expect((await exportModels(server.ctx.engine, 'guangxi', folder)).filter(({ outcome }) => outcome !== 'equal')).to.deep.equal([])
    await rm(folder, { recursive: true })
    const { id } = (await server.ctx.engine.definitionVersion('decision', 'guangxi-deadlines', toVersion))!
    const [row] = await server.ctx.engine.evaluateDecision(id, { matter: 'resident-pension', channel: 'online' })
    expect(row).to.include({ promisedWorkingDays: 2 })
  })

  it('tries a table out under a key of its own, tells which rules answered, and leaves nothing behind', async () => {
    const xml = readFile('processes/guangxi/deadlines.dmn').replace('promisedWorkingDays"><text>3</text>', 'promisedWorkingDays"><text>1</text>')
    const { id } = await first.call('POST', 'drafts', { key: 'guangxi-deadlines', xml })
    const ask = (inputs: object) => first.send('POST', `drafts/${id}/evaluate`, { inputs })
    const count = async (): Promise<number> => (await player.get('deployment/count')).count
    const before = await count()
    const { body } = await ask({ matter: 'resident-pension', channel: 'platform' })
    expect(body.hits).to.deep.equal(['deadline-resident-pension-online'])
    expect(body.rows[0]).to.include({ promisedWorkingDays: 1 })
    expect((await ask({ matter: 'resident-pension' })).body.hits).to.deep.equal([])
    const strange = await ask({ colour: 'red' })
    expect([strange.status, strange.body.detail]).to.deep.equal([400, '规则表没有输入“colour”，可用：matter、channel。'])
    expect(await count()).to.equal(before)
    expect(await server.ctx.engine.definitionsInForce('scratch-')).to.deep.equal([])
  })

  it('plays a draft on the engine: the cases, each legal selection and every other way, and leaves nothing behind', async () => {
    const { id } = await first.call('POST', 'drafts', { key: KEY, xml: withVillageStep('hrss') })
    const { regions } = server.ctx
    const cadre = regions.fixtures('guangxi').find(one => one.file === 'ok-village-cadre-shows-papers')!
    // The same case under other names: decided otherwise by the clerk, and by the department.
    const others = [
      { ...cadre, file: 'changed-by-clerk', expect: { ...cadre.expect, outcome: 'rejected-by-clerk' as const } },
      { ...cadre, file: 'changed-by-department', expect: { ...cadre.expect, steps: { ...cadre.expect.steps, register: { registration: 'refused' } } } }
    ]
    Object.assign(server.ctx, { regions: { ...regions, fixtures: (region: string) => [...regions.fixtures(region), ...others] } })
    const countAll = () => Promise.all(['deployment', 'process-instance', 'history/process-instance'].map(async what => (await player.get(`${what}/count`)).count))
    const before = await countAll()
    expect((await first.call('GET', `drafts/${id}/scenarios`)).state).to.equal('none')
    expect((await first.send('POST', `drafts/${id}/scenarios`, {})).status).to.equal(202)
    expect((await first.send('POST', `drafts/${id}/scenarios`, {})).body.code).to.equal('DRAFT_STATE_CONFLICT')
    const { result } = await until('the end of the rehearsal', async () => {
      const run = await first.get(`drafts/${id}/scenarios`)
      return run.state !== 'running' && run
    }, LONGEST)
    const of = (kind: string) => result.scenarios.filter((one: { kind: string }) => one.kind === kind)
    Object.assign(server.ctx, { regions })
    const odd = result.scenarios.filter((one: { isAsExpected: boolean }) => !one.isAsExpected)
    expect(odd.map((one: { id: string }) => one.id), JSON.stringify(odd.slice(0, 3))).to.deep.equal(['resident-pension/changed-by-department'])
    const actual = (file: string): string => of('fixture').find((one: { id: string }) => one.id === `resident-pension/${file}`).actual
    expect(['ok-village-cadre-shows-papers', 'changed-by-clerk', 'changed-by-department'].map(actual))
      .to.deep.equal(['人工审核，通过', '人工审核，不通过', '部门未予办理'])
    expect(of('selection')).to.have.length(64)
    // 居民养老一律由人审核: the table never answers `auto`, so that flow of the diagram in force is never taken.
    expect(result.coverage.uncovered.map((one: { id: string }) => one.id)).to.deep.equal(['SequenceFlow_RouteToApproved'])
    expect(result.coverage.flows.find((one: { id: string }) => one.id === 'SequenceFlow_ReviewedToVillageReview').count).to.be.above(64)
    expect(await countAll()).to.deep.equal(before)
  })

  it('lets none of the broken models through, by any door, and deploys nothing', async () => {
    const count = async (): Promise<number> => (await player.get('deployment/count')).count
    const before = await count()
    for (const { title, key, names, xml } of brokenModels) {
      const made = await first.send('POST', 'drafts', { key, xml: xml() })
      const answer = made.status === 201 ? await first.send('POST', `drafts/${made.body.id}/release`, { reason: title }) : made
      expect(answer.status, title).to.be.oneOf([400, 413, 422])
      if (answer.status === 422) expect(answer.body.findings.map((one: { message: string }) => one.message).join(), title).to.match(names)
      else expect(answer.body.detail, title).to.match(/\p{Script=Han}/u)
      if (made.status === 201) expect((await second.send('POST', `drafts/${made.body.id}/approve`, {})).status, title).to.equal(409)
    }
    expect(await count()).to.equal(before)
  })

  it('tells each diagram as numbered text with its clauses', async () => {
    const { lines, clauses } = await first.get(`definitions/${KEY}/versions/1/outline`)
    expect(new Set(lines.map((one: { number: string }) => one.number)).size).to.equal(lines.length)
    const review = lines.find((one: { element: string }) => one.element === 'Task_Review')
    expect(review.text).to.include('人工任务“审核参保登记”').and.include('由 ${reviewGroup} 组办理').and.include('通过、不予核定、补正')
    for (const { clause, elements } of clauses) for (const element of elements) {
      expect(lines.find((one: { element: string }) => one.element === element).clauses).to.include(clause)
    }
  })
})
