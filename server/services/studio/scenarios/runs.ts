import { AppError } from '../../../../core/errors.ts'
import { idOf } from '../../../auth/actor.ts'
import type { Actor } from '../../../auth/actor.ts'
import type { ServerContext } from '../../../context.ts'
import type { ModelDraft } from '../../../db/model-drafts.ts'
import { beginRun, findRun, isAnyRunning, updateRun } from '../../../db/scenario-runs.ts'
import type { ScenarioRun } from '../../../db/scenario-runs.ts'
import { camunda, flowElements } from '../../../lint/element.ts'
import { draftOf, refuseFindings } from '../drafts.ts'
import { readProcess } from '../process-of.ts'
import { LONGEST, rehearse } from './rehearse.ts'

/** A run that has not ended by then ended with its server. */
const DEAD_AFTER = LONGEST + 60_000

/**
 * Begins to play a draft in the background; `scenariosOf` tells how far it is. One at a time, for the engine is everybody's.
 * @throws AppError MODEL_REFUSED while a rule is broken; DRAFT_STATE_CONFLICT while another plays, or for a table that no
 * process asks
 */
export async function startScenarios(ctx: ServerContext, actor: Actor, id: string) {
  const draft = await draftOf(ctx, actor, id)
  await refuseFindings(ctx, draft)
  if (draft.kind === 'decision' && !await isAskedByProcess(ctx, draft)) {
    throw new AppError('DRAFT_STATE_CONFLICT', { detail: '这张规则表不由流程调用，请用试算核对。' })
  }
  const now = ctx.clock.realNow()
  if (await isAnyRunning(ctx.db, now - DEAD_AFTER)) throw new AppError('DRAFT_STATE_CONFLICT', { detail: '另一份草案正在演练，请稍后再试。' })
  await clearAway(ctx, now - DEAD_AFTER)
  const run: ScenarioRun = {
    draft_id: draft.id, draft_version: draft.version, state: 'running', done: 0, total: 0, result: null,
    started_by: idOf(actor), started_at: now, finished_at: null
  }
  await beginRun(ctx.db, run)
  void playInBackground(ctx, draft, run)
  return scenariosOf(ctx, actor, id)
}

/** The draft's last rehearsal; `none` when it was never played, `failed` when it broke off. */
export async function scenariosOf(ctx: ServerContext, actor: Actor, id: string) {
  const draft = await draftOf(ctx, actor, id)
  const run = await findRun(ctx.db, draft.id)
  if (!run) return { state: 'none' as const, isOfThisVersion: false, done: 0, total: 0, result: null }
  const isDead = run.state === 'running' && run.started_at < ctx.clock.realNow() - DEAD_AFTER
  return {
    state: isDead ? 'failed' as const : run.state, isOfThisVersion: run.draft_version === draft.version, done: run.done, total: run.total,
    result: run.result === null ? null : JSON.parse(run.result) as Awaited<ReturnType<typeof rehearse>>
  }
}

async function playInBackground(ctx: ServerContext, draft: ModelDraft, run: ScenarioRun): Promise<void> {
  try {
    const result = await rehearse(ctx, draft, (done, total) => updateRun(ctx.db, run, { done, total }))
    await updateRun(ctx.db, run, { state: 'done', result: JSON.stringify(result), finished_at: ctx.clock.realNow() })
  } catch (error) {
    ctx.log.warn({ err: error, draft: draft.id }, 'a rehearsal broke off')
    await updateRun(ctx.db, run, { state: 'failed', finished_at: ctx.clock.realNow() }).catch(() => undefined)
  }
}

async function isAskedByProcess({ engine }: ServerContext, { region, key }: ModelDraft): Promise<boolean> {
  const processes = (await engine.definitionsInForce(`${region}-`)).filter(({ kind }) => kind === 'process')
  const all = await Promise.all(processes.map(async ({ id }) => flowElements(await readProcess(await engine.processXml(id)))))
  return all.flat().some(element => camunda(element, 'decisionRef') === key)
}

/** What a server left in the engine that was killed while it played. */
async function clearAway({ engine, log }: ServerContext, before: number): Promise<void> {
  for (const id of await engine.scratchLeftBefore(before)) {
    await engine.deleteDeployment(id).catch((error: unknown) => log.warn({ err: error }, 'a rehearsal could not be cleared away'))
  }
}
