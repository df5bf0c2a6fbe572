import type { Experiment } from '../support/form.ts'
import { killThrice } from '../support/form.ts'

export const experiment: Experiment = {
  id: 1, nameZh: '强行终止办件程序', name: 'kill -9 workers',
  hypothesis: 'the supervisor starts it again, nothing is lost and nothing doubled',
  act: faulty => killThrice(faulty, 'workers')
}
