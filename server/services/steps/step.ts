import type { Knex } from 'knex'
import type { Region } from '../../../core/region.ts'
import type { ServerContext } from '../../context.ts'
import type { EngineVariables } from '../../engine/engine-variables.ts'
import type { Subject } from '../subjects.ts'

export interface StepInput {
  /** Id of the engine's external task. */
  readonly taskId: string
  readonly processInstanceId: string
  /** Engine's id of the version of the process that asks; a worker of an earlier version does not tell it. */
  readonly processDefinitionId?: string
  /** Enums that the model hands over, e.g. `result` or `insurance`. */
  readonly variables: Readonly<Record<string, string | boolean | number>>
  /** Who runs the step: id of the worker. */
  readonly worker: string
}

/** What the effect of a step is given; everything it changes goes through `trx`, together with its audit event. */
export interface StepScope {
  readonly ctx: ServerContext
  readonly trx: Knex
  readonly subject: Subject
  readonly region: Region
  readonly input: StepInput
  /** Business instant (ms) and date of this run. */
  readonly at: number
  readonly today: string
  /** Notes what was done, in the application's chain. */
  audit(type: string, data?: Readonly<Record<string, unknown>>, itemId?: string | null): Promise<void>
}

/**
 * A `record` step: an effect on our own tables, asked for by the process. `prepare` asks what is outside the database (rules,
 * models) before the transaction; `run` does the rest inside it, with the application locked. Both may happen again.
 */
export interface RecordStep<P = undefined> {
  prepare?(ctx: ServerContext, subject: Subject, input: StepInput): Promise<P>
  /** Variables for the process: flags, codes and business dates. */
  run(scope: StepScope, prepared: P): Promise<EngineVariables>
}
