import type { Rule } from '../diagram.ts'
import { drawing, labels } from './drawing.ts'
import { legalClock, people, timers } from './people.ts'
import { code, errors, expressions, loops, steps, variables } from './steps.ts'
import { umbrella } from './umbrella.ts'
import { clauses, identity, ids, names } from './words.ts'

/** The rules of the house for diagrams; each has a page of its name in docs/lint. */
export const rules: Readonly<Record<string, Rule>> = {
  identity, ids, names, clauses, drawing, labels, code, expressions, variables, steps, errors, loops, people, timers, 'legal-clock': legalClock, umbrella
}
