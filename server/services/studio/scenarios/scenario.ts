import type { EngineVariables } from '../../../engine/engine-variables.ts'

/** `approved` is only ever expected: by whom does not matter. */
export type Outcome = 'approved' | 'approved-by-system' | 'approved-by-clerk' | 'rejected-by-clerk' | 'rejected-by-department' | 'withdrawn'
  | 'not-opened' | 'completed' | 'not-accepted'

export type Answer = string | boolean

/** One case that is played on a draft. */
export interface Scenario {
  /** Unique within a run. */
  readonly id: string
  /** A case of the region's fixtures, a selection of matters, or a way through the diagram that no fixture takes. */
  readonly kind: 'fixture' | 'selection' | 'path'
  readonly name: string
  readonly clause: string | null
  /** Process that is started. */
  readonly key: string
  readonly businessKey: string
  readonly variables: EngineVariables
  /** What is answered otherwise than usual, by choice point. */
  readonly choices: Readonly<Record<string, Answer>>
  /** Null where only a proper end is asked for. */
  readonly expected: Outcome | null
}

/** A place where a case may go on in several ways. */
export interface ChoicePoint {
  readonly id: string
  /** What it is, in Chinese: for the name of the scenario that chooses otherwise. */
  readonly label: string
  readonly alternatives: readonly Answer[]
}

export const OUTCOMES: Readonly<Record<Outcome, string>> = {
  approved: '通过', 'approved-by-system': '自动办理，通过', 'approved-by-clerk': '人工审核，通过', 'rejected-by-clerk': '人工审核，不通过',
  'rejected-by-department': '部门未予办理', withdrawn: '撤回', 'not-opened': '不再开办', completed: '办结', 'not-accepted': '不予受理'
}

export const pointOf = (topic: string, variable: string): string => `${topic}#${variable}`
