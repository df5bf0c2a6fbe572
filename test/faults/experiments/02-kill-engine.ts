import type { Experiment } from '../support/form.ts'
import { killThrice } from '../support/form.ts'

export const experiment: Experiment = {
  id: 2, nameZh: '强行终止流程引擎', name: 'kill -9 engine',
  hypothesis: 'the supervisor starts it again, nothing is lost and nothing doubled',
  act: faulty => killThrice(faulty, 'engine')
}
