import { randomUUID } from 'node:crypto'
import type { RunningEngine } from '../../test/support/engine.ts'

export type Reachable = Pick<RunningEngine, 'url' | 'authorization'>

const UMBRELLA = 'guangxi-enrolment'
const MATTERS = ['ArchiveTransfer', 'ResidentPension', 'FlexiblePension', 'SocialSecurityCard', 'ResidentMedical', 'ResidentMedicalChange',
  'FlexibleMedical', 'FlexibleMedicalChange', 'Contribution']
const CHOSEN = ['FlexiblePension', 'FlexibleMedical', 'Contribution']

/** Starts the umbrella process for two registrations and two declaration rows, as the server would. */
export async function startBareCase(engine: Reachable): Promise<void> {
  const text = (value: string) => ({ value, type: 'String' })
  const flag = (value: boolean) => ({ value, type: 'Boolean' })
  const applicationId = randomUUID()
  const id = (name: string) => [name[0]!.toLowerCase() + name.slice(1), text(randomUUID())]
  const response = await fetch(`${engine.url}/process-definition/key/${UMBRELLA}/start`, {
    method: 'POST',
    headers: { authorization: engine.authorization, 'content-type': 'application/json' },
    body: JSON.stringify({
      businessKey: applicationId,
      variables: {
        applicationId: text(applicationId), region: text('guangxi'), division: text('450103'), channel: text('online'),
        ...Object.fromEntries(MATTERS.map(matter => [`sel${matter}`, flag(CHOSEN.includes(matter))])),
        ...Object.fromEntries(['ResidentPension', 'FlexiblePension', 'ResidentMedical', 'FlexibleMedical']
          .map(insurance => [`row${insurance}`, flag(CHOSEN.includes(insurance))])),
        ...Object.fromEntries([...CHOSEN.map(one => id(`${one}ItemId`)), id('FlexiblePensionRowId'), id('FlexibleMedicalRowId')])
      }
    })
  })
  if (!response.ok) throw new Error(`start: ${response.status} ${await response.text()}`)
}

/** How many cases the engine knows, running and ended; `query` (&name=value) chooses among them. */
export async function umbrellas(engine: Reachable, query = ''): Promise<number> {
  const response = await fetch(`${engine.url}/history/process-instance/count?processDefinitionKey=${UMBRELLA}${query}`,
    { headers: { authorization: engine.authorization } })
  return ((await response.json()) as { count: number }).count
}
