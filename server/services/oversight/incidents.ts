import { AppError, catalogue } from '../../../core/errors.ts'
import type { Region } from '../../../core/region.ts'
import { formatInstant } from '../../../core/dates.ts'
import { auditActor } from '../../auth/actor.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { appendAudit } from '../../db/audit.ts'
import { findAttempts, findOpenCalls } from '../../db/department-calls.ts'
import type { DepartmentCall } from '../../db/department-calls.ts'
import { isWithinRemit } from '../../db/audit-queries.ts'
import { everyPage } from '../../engine/gateway-instances.ts'
import type { EngineIncident } from '../../engine/gateway-jobs.ts'
import { findSubjects } from '../subjects.ts'
import type { Subject } from '../subjects.ts'
import { overseen } from './sla-days.ts'

interface Standing {
  readonly incident: EngineIncident
  readonly subject: Subject
  readonly call: DepartmentCall | undefined
}

/** What stands still within somebody's remit, and why, in plain words. Throws RetryableError ENGINE_UNAVAILABLE. */
export async function incidentsFor(ctx: ServerContext, actor: Actor) {
  const { region, remit } = overseen(ctx, actor)
  const standing = await findStanding(ctx)
  const own: Standing[] = []
  for (const one of standing) if (await isWithinRemit(ctx.db, remit, one.subject.application.id)) own.push(one)
  return { incidents: await Promise.all(own.map(one => viewOf(ctx, region, one))) }
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
  if (call && !await answers(ctx, call.department)) {
    const name = departmentName(region, call.department)
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

async function viewOf({ db }: ServerContext, region: Region, { incident, subject, call }: Standing) {
  const { application, item, row } = subject
  const last = call && (await findAttempts(db, call.id)).at(-1)
  const code = last && last.result !== 'ok' ? last.result.replace(/^QUERY_/, '') : null
  const matter = region.matters.find(({ slug }) => slug === item?.slug)
  const where = call ? departmentName(region, call.department) : '流程引擎'
  const why = (code !== null && Object.hasOwn(catalogue, code) ? catalogue[code as keyof typeof catalogue].title : null) ?? '多次重试未成功'
  return {
    id: incident.id, type: incident.type, applicationId: application.id, number: application.number,
    itemId: item?.id ?? null, slug: item?.slug ?? null, insurance: row?.insurance ?? null,
    activity: incident.activityId, department: call?.department ?? null, attempts: call?.attempts ?? null, code,
    lastAttemptAt: last ? formatInstant(last.startedAt) : null,
    text: `${application.number}“${matter?.title ?? '办件整体'}”停在与${where}往来的一步：${why}。原因消除后可以重试，不会重复办理。`
  }
}

function departmentName({ departments }: Region, slug: string): string {
  return departments.find(one => one.slug === slug)?.name ?? (slug === 'data-sharing' ? '公共数据平台' : slug)
}

const PATIENCE = 2_000

async function answers({ config }: ServerContext, department: string): Promise<boolean> {
  const url = config.departmentUrls[department as keyof typeof config.departmentUrls]
  if (url === undefined) return true
  const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(PATIENCE) }).catch(() => null)
  await response?.body?.cancel()
  return response?.ok ?? false
}
