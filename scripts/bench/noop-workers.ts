import { BasicAuthInterceptor, Client } from 'camunda-external-task-client-js'

/** What the bare engine's workers answer, so that every case takes the same way through the same diagrams. */
const text = (value: string) => ({ value, type: 'String' })
const flag = (value: boolean) => ({ value, type: 'Boolean' })
const FAR = { value: '2099-01-04T15:59:59.000+0000', type: 'Date' }
const ANSWERS: Readonly<Record<string, object>> = {
  'common.accept-application': {},
  'common.open-item': {
    isOpen: flag(true), warnAt: FAR, promisedAt: FAR, redAt: FAR, paymentDeadline: FAR, reviewGroup: text('hrss'), materialsState: text('complete')
  },
  'guangxi.flexible-pension.verify': { verification: text('passed') },
  'guangxi.flexible-medical.verify': { verification: text('passed') },
  'guangxi.flexible-pension.register': { registration: text('registered') },
  'guangxi.flexible-medical.register': { registration: text('registered') },
  'guangxi.flexible-medical.set-benefit-start': { benefitWait: text('none') },
  'guangxi.contribution.check-enrolment': { enrolment: text('enrolled') },
  'guangxi.contribution.assess': { assessment: text('assessed') },
  'guangxi.contribution.declare': { registration: text('registered') },
  'common.conclude-item': { outcome: text('approved') },
  'common.collect-results': { hasMail: flag(false), hasPickup: flag(false) },
  'common.close-application': {}
}
const TUNED = { interval: 5, asyncResponseTimeout: 20_000, maxTasks: 50, maxParallelExecutions: 50, usePriority: false }

/**
 * Workers that do nothing, in a process of their own: the engine's own pace on the same diagrams. `tuned` takes the settings of
 * this project, `defaults` leaves the client as it comes.
 */
function startNoopWorkers(url: string, user: string, password: string, kind: string): void {
  const interceptors = [new BasicAuthInterceptor({ username: user, password }) as never]
  const client = new Client({
    baseUrl: url, interceptors, ...(kind === 'tuned' ? { workerId: `noop-${process.pid}`, ...TUNED } : { workerId: 'some-random-id' })
  } as unknown as ConstructorParameters<typeof Client>[0])
  const headers = { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`, 'content-type': 'application/json' }
  // Collisions of branches that end together are answered by 500; the same call again cures them.
  const post = async (path: string, body: unknown) => {
    for (let attempt = 0; attempt < 20; attempt++) {
      const response = await fetch(`${url}/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
      if (response.ok) return
      await new Promise(resolve => setTimeout(resolve, Math.random() * 5))
    }
  }
  for (const [topic, variables] of Object.entries(ANSWERS)) {
    client.subscribe(topic, { variables: [], localVariables: true }, async ({ task }) => {
      await post(`external-task/${task.id}/complete`, { workerId: client.options.workerId, variables })
      // The department's call-back of the payment, which moves the last token of a declaration row.
      if (topic === 'common.conclude-item' && task.processDefinitionKey === 'guangxi-contribution') {
        await post('message', { messageName: 'PaymentReported', businessKey: task.businessKey })
      }
    })
  }
}

const [url, user, password, kind] = process.argv.slice(2)
startNoopWorkers(url!, user!, password!, kind!)
process.once('disconnect', () => process.exit(0))
