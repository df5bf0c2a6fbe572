import { AppError } from '../../core/errors.ts'
import type { Fields } from '../common/types.ts'

/** Asks every department that keeps registers of insurances which ones a person was in at an instant. */
export type Registers = (idNumber: string, asOf: string) => Promise<string[]>

/** The registers behind these addresses, read at each question: a department may start after us. */
export function registersAt(urls: () => readonly string[]): Registers {
  return async (idNumber, asOf) => {
    const answers = await Promise.all(urls().map(async url => {
      const response = await fetch(`${url}/v1/enrolments`, {
        method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ idNumber, asOf }),
        signal: AbortSignal.timeout(2_000)
      })
      if (!response.ok) throw new AppError('DEPARTMENT_UNAVAILABLE')
      return (await response.json() as { enrolments: string[] }).enrolments
    }))
    return answers.flat()
  }
}

/** What the departments have registered until the instant that a request names; nothing is asked without one. */
export async function gatherEnrolments(registers: Registers, { idNumber, asOf }: Fields): Promise<string[]> {
  return asOf === undefined ? [] : registers(String(idNumber), String(asOf))
}
