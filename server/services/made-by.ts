import type { DecisionService } from '../engine/decisions.ts'

/** The tables as they are, with the engine's ids of the versions that answer from now on. */
export function noting(
  decisions: DecisionService
): { readonly decisions: DecisionService; readonly tables: ReadonlySet<string> } {
  const tables = new Set<string>()
  return { tables, decisions: { evaluate: (key, inputs) => decisions.evaluate(key, inputs, tables) } }
}

/**
 * What the audit trail notes of something that was done by rules: the engine's ids of the version of the process and of the
 * tables that were asked. Neither id is ever given to another version. A worker of an earlier version does not tell its process.
 */
export function madeBy(processDefinitionId: string | undefined, tables: ReadonlySet<string>): Readonly<Record<string, unknown>> {
  return {
    ...(processDefinitionId !== undefined && { processDefinition: processDefinitionId }),
    ...(tables.size > 0 && { decisionTables: [...tables].sort() })
  }
}
