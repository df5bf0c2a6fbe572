import { AppError, catalogue } from '../../../core/errors.ts'
import type { Region } from '../../../core/region.ts'
import { formatInstant } from '../../../core/dates.ts'
import { auditActor } from '../../auth/actor.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { appendAudit } from '../../db/audit.ts'
import { findAttempts, findOpenCalls, findStrugglingCalls } from '../../db/department-calls.ts'
import type { DepartmentCall } from '../../db/department-calls.ts'
import { isWithinRemit, withinRemit } from '../../db/audit-queries.ts'
import type { Remit } from '../../db/remit.ts'
import { answers } from '../../http/probe.ts'
import { everyPage } from '../../engine/gateway-instances.ts'
import type { EngineIncident } from '../../engine/gateway-jobs.ts'
import { matterTitle, systemName } from '../../regions/titles.ts'
import { findSubjects } from '../subjects.ts'
import type { Subject } from '../subjects.ts'
import { overseen } from './sla-days.ts'
import { unheardResults } from './unheard-results.ts'

const MOST_WARNINGS = 200

interface Standing {
  readonly incident: EngineIncident
  readonly subject: Subject
  readonly call: DepartmentCall | undefined
}

/**
 * What stands still within somebody's remit, and why, in plain words; and what still goes on being tried, before it does.
 * Throws RetryableError ENGINE_UNAVAILABLE.
 */
export async function incidentsFor(ctx: ServerContext, actor: Actor) {
  const { region, remit } = overseen(ctx, actor)
  const standing = await findStanding(ctx)
  const seen = await withinRemit(ctx.db, remit, standing.map(({ subject }) => subject.application.id))
  const own = standing.filter(({ subject }) => seen.has(subject.application.id))
  const [incidents, warnings, unheard] = await Promise.all([
    Promise.all(own.map(one => viewOf(ctx, region, one))), warningsFor(ctx, region, remit, standing),
    unheardResults(ctx, region, remit)
  ])
  return { incidents, warnings: [...warnings, ...unheard] }
}

/** Steps that failed and are tried again by themselves: there is time yet to look after the cause. */
async function warningsFor(ctx: ServerContext, region: Region, remit: Remit, standing: readonly Standing[]) {
  const still = new Set(standing.map(({ call }) => call?.id))
  const calls = (await findStrugglingCalls(ctx.db, MOST_WARNINGS)).filter(({ id }) => !still.has(id))
  const seen = await withinRemit(ctx.db, remit, [...new Set(calls.map(({ application_id }) => application_id))])
  const own = calls.filter(({ application_id }) => seen.has(application_id))
  const subjects = await findSubjects(ctx.db, own.map(({ subject_id }) => subject_id))
  return Promise.all(own.map(async call => {
    const { application, item } = subjects.get(call.subject_id)!
    const { why, last } = await causeOf(ctx, call)
    return {
      applicationId: application.id, number: application.number, itemId: item?.id ?? null, department: call.department,
      attempts: call.attempts, lastAttemptAt: last ? formatInstant(last.startedAt) : null,
      text: `${nameOf(region, application.number, item?.slug)}与${systemName(region, call.department)}往来未成功：${why}。系统会继续重试，暂不需要处理。`
    }
  }))
}

/**
 * Verified retry: asks first whether the cause is gone, then lets the engine try again, and notes who did it. Whether it helped
 * is seen in the list. Throws AppError NOT_FOUND, DEPARTMENT_UNAVAILABLE (503) while the department is still away.
 */
export async function retryIncident(ctx: ServerContext, actor: Actor, id: string) {
  const { region, remit } = overseen(ctx, actor)
  const found = (await findStanding(ctx)).find(({ incident }) => incident.id === id)
  if (!found || !await isWithinRemit(ctx.db, remit, found.subject.application.id)) throw new AppError('NOT_FOUND')
  const { incident, subject, call } = found
  if (call && !await isThere(ctx, call.department)) {
    const name = systemName(region, call.department)
    throw new AppError('DEPARTMENT_UNAVAILABLE', { detail: `${name}的系统仍无法访问，现在重试不会成功；恢复后请再试。`, retryAfter: 30 })
  }
  await ctx.engine.retryIncident(incident)
  await appendAudit(ctx.db, {
    chain: subject.application.id, type: 'incident-retried', actor: auditActor(actor), itemId: subject.item?.id ?? null,
    data: { activity: incident.activityId, topic: call?.topic ?? null, rowId: subject.row?.id ?? null }, at: ctx.clock.now()
  })
  return { id, status: 'retried' as const }
}

/** Incidents where they arose, with the case that they belong to; those of processes that are not ours are left out. */
async function findStanding({ db, engine }: ServerContext): Promise<Standing[]> {
  const origins: EngineIncident[] = []
  for await (const page of everyPage(at => engine.incidents(at))) origins.push(...page.filter(({ isOrigin }) => isOrigin))
  const found = await engine.processInstances(origins.map(({ instanceId }) => instanceId))
  const instances = new Map(found.map(one => [one.id, one]))
  const keys = origins.flatMap(({ instanceId }) => instances.get(instanceId)?.businessKey ?? [])
  const subjects = await findSubjects(db, keys)
  const calls = await findOpenCalls(db, keys)
  return origins.flatMap(incident => {
    const key = instances.get(incident.instanceId)?.businessKey ?? ''
    const subject = subjects.get(key)
    return subject ? [{ incident, subject, call: calls.get(key) }] : []
  })
}

async function viewOf(ctx: ServerContext, region: Region, { incident, subject, call }: Standing) {
  const { application, item, row } = subject
  const { code, why, last } = await causeOf(ctx, call)
  const where = call ? systemName(region, call.department) : '流程引擎'
  return {
    id: incident.id, type: incident.type, applicationId: application.id, number: application.number,
    itemId: item?.id ?? null, slug: item?.slug ?? null, insurance: row?.insurance ?? null,
    activity: incident.activityId, department: call?.department ?? null, attempts: call?.attempts ?? null, code,
    lastAttemptAt: last ? formatInstant(last.startedAt) : null,
    text: `${nameOf(region, application.number, item?.slug)}停在与${where}往来的一步：${why}。原因消除后可以重试，不会重复办理。`
  }
}

/** Why the last attempt failed, as far as it is known. */
async function causeOf({ db }: ServerContext, call: DepartmentCall | undefined) {
  const last = call && (await findAttempts(db, call.id)).at(-1)
  const code = last && last.result !== 'ok' ? last.result.replace(/^QUERY_/, '') : null
  const title = code !== null && Object.hasOwn(catalogue, code) ? catalogue[code as keyof typeof catalogue].title : null
  return { code, why: title ?? '多次重试未成功', last }
}

const nameOf = (region: Region, number: string | null, slug: string | undefined): string =>
  `${number}“${slug === undefined ? '办件整体' : matterTitle(region, slug)}”`

async function isThere({ config }: ServerContext, department: string): Promise<boolean> {
  const url = config.departmentUrls[department as keyof typeof config.departmentUrls]
  return url === undefined || answers(`${url}/healthz`)
}
