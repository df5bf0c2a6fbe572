import { registered } from '../../core/matter.ts'
import type { Matter, StepHandler } from '../../core/matter.ts'
import { employerPays, isHouseholdOutside, verifyBy } from '../../core/person-records.ts'

const verifyPerson = verifyBy([employerPays('pension', 'medical'), isHouseholdOutside('45')])

/** Which way the file goes decides the rest of the process; `receive` unless the applicant chose otherwise. */
const verify: StepHandler = async (input, deps) => {
  const result = await verifyPerson(input, deps)
  const direction = input.fields['direction'] === 'dispatch' ? 'dispatch' : 'receive'
  return { ...result, variables: { ...result.variables, direction } }
}

/** A letter between archive agencies: the agency that holds the file may decline. */
function letter(agreed: string): StepHandler {
  return async ({ fields }, { department }) => {
    const { status, receipt, reasons } = await department('archive-transfer-letter', fields)
    return { variables: { letter: status === 'done' ? agreed : 'refused' }, receipt, reasons }
  }
}

export const matter: Matter = {
  slug: 'archive-transfer',
  title: '流动人员人事档案接收和转递',
  steps: {
    verify,

    /** 商调函: asks the agency that holds the file to release it. */
    'request-file': letter('issued'),

    /** The file has come: checked and taken in. */
    register: async ({ fields }, { department }) => registered(await department('archive-acceptance', fields)),

    /** 《调档函》 of an agency entitled to keep files (notice, 五). */
    'check-letter': letter('valid'),

    /** Checked, sealed and sent on. */
    dispatch: async ({ fields }, { department }) => registered(await department('archive-dispatch', fields))
  }
}
