import type { ServerContext } from '../../context.ts'
import type { ModelDraft } from '../../db/model-drafts.ts'
import type { Finding } from '../../lint/diagram.ts'
import { called } from '../../lint/diagram.ts'
import { camunda, flowElements } from '../../lint/element.ts'
import { workersState } from '../oversight/workers.ts'
import { recordSteps } from '../steps/run-step.ts'
import { readProcess } from './process-of.ts'

/** The worker's client for the record steps; every other client is named after its department. */
const COMMON = 'common'

/**
 * Steps of a draft that nobody works on at this moment, because the worker of their topic does not poll. It may come back before
 * the release, so this is a warning and hinders nothing.
 */
export async function silentSteps(ctx: ServerContext, { kind, region, xml }: ModelDraft): Promise<Finding[]> {
  if (kind === 'decision') return []
  const process = await readProcess(xml).catch(() => null)
  const { clients } = await workersState(ctx)
  const steps = ctx.regions.steps(region)
  const isLive = (client: string): boolean => clients.some(one => one.client === client && !one.isLate)
  return flowElements(process ?? { $type: '', id: '' }).flatMap(element => {
    const topic = camunda(element, 'topic') ?? ''
    const client = Object.hasOwn(recordSteps, topic) ? COMMON : steps[topic]?.department
    return client === undefined || isLive(client) ? [] : [{
      rule: 'live-worker', element: element.id, message: `${called(element)}：主题 ${topic} 的办理程序目前没有在运行，发布后办件会停在这一步`
    }]
  })
}
