import type { Experiment } from '../support/form.ts'
import { killThrice } from '../support/form.ts'

export const experiment: Experiment = {
  id: 30, nameZh: 'SQLite 强行终止', name: 'kill -9 of the server on SQLite',
  hypothesis: 'no acknowledged case is lost',
  isEmbedded: true,
  act: faulty => killThrice(faulty, 'server', 1500)
}
