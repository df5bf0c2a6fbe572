import { registered } from './matter.ts'
import type { StepHandler } from './matter.ts'

/** The steps of moving a personal file, in both directions; `verifyPerson` holds what the region asks of the person. */
export function archiveSteps(verifyPerson: StepHandler) {
  /** Which way the file goes decides the rest of the process; `receive` unless the applicant chose otherwise. */
  const verify: StepHandler = async (input, deps) => {
    const result = await verifyPerson(input, deps)
    const direction = input.fields['direction'] === 'dispatch' ? 'dispatch' : 'receive'
    return { ...result, variables: { ...result.variables, direction } }
  }

  return {
    verify,

    /** 商调函: asks the agency that holds the file to release it. */
    'request-file': letter('issued'),

    /** The file has come: checked and taken in. */
    register: acting('archive-acceptance'),

    /** 《调档函》 of an agency entitled to keep files. */
    'check-letter': letter('valid'),

    /** Checked, sealed and sent on. */
    dispatch: acting('archive-dispatch')
  }
}

const acting = (kind: string): StepHandler => async ({ fields }, { department }) => registered(await department(kind, fields))

/** A letter between archive agencies: the agency that holds the file may decline. */
function letter(agreed: string): StepHandler {
  return async ({ fields }, { department }) => {
    const { status, receipt, reasons } = await department('archive-transfer-letter', fields)
    return { variables: { letter: status === 'done' ? agreed : 'refused' }, receipt, reasons }
  }
}
