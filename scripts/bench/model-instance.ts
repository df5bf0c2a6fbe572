import { randomUUID } from 'node:crypto'
import { createRest } from '../../server/engine/rest.ts'
import type { RestOptions } from '../../server/engine/rest.ts'
import { REGION } from './world.ts'

const text = (value: string) => ({ value, type: 'String' })
const FAR = { value: '2099-01-04T15:59:59.000+0000', type: 'Date' }

/** What the steps of the matter answer on the way to its review, and from there to its end. */
const BEFORE_REVIEW: Readonly<Record<string, object>> = {
  'common.open-item': {
    isOpen: { value: true, type: 'Boolean' }, warnAt: FAR, promisedAt: FAR, redAt: FAR, paymentDeadline: FAR, reviewGroup: text('hrss'), materialsState: text('complete')
  },
  [`${REGION}.resident-pension.verify`]: { verification: text('passed') },
  [`${REGION}.resident-pension.verify-special-group`]: { specialGroup: text('confirmed') }
}
const AFTER_REVIEW: Readonly<Record<string, object>> = {
  [`${REGION}.resident-pension.register`]: { registration: text('registered') },
  'common.conclude-item': { outcome: text('approved') }
}
const WORKER = 'bench'

/** The matter that always comes to a person, so that one instance can be left at its review. */
export const MODEL_MATTER = 'resident-pension'

/**
 * Leads one instance of a matter through the engine by hand, where no worker is about: until it waits for its review, or to its
 * end. The rows that it leaves are what others are copied from. Gives its id.
 */
export async function modelInstance(engine: Pick<RestOptions, 'url' | 'user' | 'password'>, until: 'review' | 'end'): Promise<string> {
  const rest = createRest(engine)
  const businessKey = randomUUID()
  const work = async (answers: Readonly<Record<string, object>>) => {
    const topics = Object.keys(answers).map(topicName => ({ topicName, businessKey, lockDuration: 20_000, variables: [] }))
    for (;;) {
      const tasks = await rest<{ id: string; topicName: string }[]>('POST', '/external-task/fetchAndLock', { body: { workerId: WORKER, maxTasks: 5, topics } })
      if (tasks.length === 0) return
      for (const { id, topicName } of tasks) {
        await rest('POST', `/external-task/${id}/complete`, { body: { workerId: WORKER, variables: answers[topicName] } })
      }
    }
  }
  try {
    const variables = {
      applicationId: text(randomUUID()), itemId: text(businessKey), region: text(REGION), division: text('450103'), channel: text('online')
    }
    const { id } = await rest<{ id: string }>('POST', `/process-definition/key/${REGION}-${MODEL_MATTER}/start`, { body: { businessKey, variables } })
    await work(BEFORE_REVIEW)
    const [task] = await rest<{ id: string }[]>('GET', '/task', { query: { processInstanceId: id, maxResults: 1 } })
    if (!task) throw new Error('the instance did not come to its review')
    if (until === 'review') return id
    await rest('POST', `/task/${task.id}/complete`, { body: { variables: { decision: text('approve') } } })
    await work(AFTER_REVIEW)
    const { state } = await rest<{ state: string }>('GET', `/history/process-instance/${id}`)
    if (state !== 'COMPLETED') throw new Error(`the instance did not end: ${state}`)
    return id
  } finally {
    rest.close()
  }
}

/** Takes the model away again once it is copied. */
export async function forgetInstance(engine: Pick<RestOptions, 'url' | 'user' | 'password'>, id: string): Promise<void> {
  const rest = createRest(engine)
  try {
    await rest('DELETE', `/process-instance/${id}`, { query: { skipCustomListeners: true, failIfNotExists: false } })
    await rest('DELETE', `/history/process-instance/${id}`, { query: { failIfNotExists: false } })
  } finally {
    rest.close()
  }
}
