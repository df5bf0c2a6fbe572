import type { Experiment } from '../support/form.ts'
import { killThrice } from '../support/form.ts'

export const experiment: Experiment = {
  id: 3, nameZh: '强行终止服务器', name: 'kill -9 server',
  hypothesis: 'the supervisor starts it again, nothing is lost and nothing doubled',
  act: faulty => killThrice(faulty, 'server')
}
