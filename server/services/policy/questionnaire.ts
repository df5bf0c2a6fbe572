import { AppError } from '../../../core/errors.ts'
import type { FieldProblem } from '../../../core/errors.ts'
import type { RawFacts } from '../../../core/facts.ts'

/** `regions/<region>/questionnaire.json`: 智能引导, a few questions in plain words whose answers are facts. */
export interface Questionnaire {
  readonly title: string
  readonly intro: string
  readonly questions: readonly Question[]
}

export interface Question {
  readonly id: string
  readonly text: string
  readonly help?: string
  /** Place of the notice for whose sake it is asked. */
  readonly basis: string
  readonly isMultiple?: boolean
  /** Facts that are typed in as they are (a date of birth has no list of options). */
  readonly asks?: readonly string[]
  readonly options: readonly Option[]
}

export interface Option {
  readonly value: string
  readonly label: string
  readonly facts?: RawFacts
  /** Matters among which somebody looks who chooses this. */
  readonly matters?: readonly string[]
}

/** Values chosen, by question; a skipped question is absent. */
export type Answers = Readonly<Record<string, string | readonly string[]>>

export interface Told {
  readonly facts: RawFacts
  /** Null: no wish was told, so every matter is looked at. */
  readonly matters: readonly string[] | null
}

/**
 * What the answers say. Lists that several options of one question give are joined. Throws AppError ANSWER_UNKNOWN (422) that
 * names each answer to a question, or with an option, that the region does not have.
 */
export function readAnswers({ questions }: Questionnaire, answers: Answers): Told {
  const problems: FieldProblem[] = []
  const facts: Record<string, unknown> = {}
  const matters: string[] = []
  for (const [id, given] of Object.entries(answers)) {
    const question = questions.find(one => one.id === id)
    const values = typeof given === 'string' ? [given] : given
    const chosen = values.map(value => question?.options.find(option => option.value === value))
    if (!question || chosen.includes(undefined) || (values.length > 1 && !question.isMultiple)) {
      problems.push({ path: `/answers/${id}`, code: 'ANSWER_UNKNOWN', message: question ? `“${question.text}”没有这个选项，请重新选择` : '没有这个问题' })
      continue
    }
    for (const option of chosen) {
      for (const [name, value] of Object.entries(option!.facts ?? {})) facts[name] = joined(facts[name], value)
      matters.push(...option!.matters ?? [])
    }
  }
  if (problems.length > 0) throw new AppError('ANSWER_UNKNOWN', { fields: problems })
  return { facts: facts as RawFacts, matters: matters.length > 0 ? [...new Set(matters)] : null }
}

function joined(before: unknown, value: unknown): unknown {
  return Array.isArray(before) && Array.isArray(value) ? [...new Set([...before, ...value])] : value
}
