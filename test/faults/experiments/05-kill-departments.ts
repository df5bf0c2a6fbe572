import type { Experiment } from '../support/form.ts'
import { killThrice } from '../support/form.ts'

export const experiment: Experiment = {
  id: 5, nameZh: '强行终止部门系统', name: 'kill -9 departments',
  hypothesis: 'the supervisor starts it again, nothing is lost and nothing doubled',
  act: faulty => killThrice(faulty, 'departments')
}
