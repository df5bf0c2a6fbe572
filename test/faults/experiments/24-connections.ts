import pg from 'pg'
import { submitCases } from '../support/experiment.ts'
import type { Experiment } from '../support/form.ts'
import { pause } from '../support/form.ts'

/** Connections until PostgreSQL gives no more, but at least one. */
async function takeAll(url: string): Promise<pg.Client[]> {
  const taken: pg.Client[] = []
  for (;;) {
    const client = new pg.Client(url)
    try {
      await client.connect()
      taken.push(client)
    } catch (error) {
      if (taken.length > 0) return taken
      throw error
    }
  }
}

export const experiment: Experiment = {
  id: 24, nameZh: '数据库连接用尽', name: 'no connection of PostgreSQL left, and a report that idles in a transaction',
  hypothesis: 'whoever gets no connection waits, nothing is lost',
  async act({ stack, random, count }) {
    const submitting = submitCases(stack, count)
    await pause(1000 + random() * 1000)
    const greedy = await takeAll(stack.postgres!.url('server'))
    await greedy[0]!.query('begin')
    await greedy[0]!.query('select count(*) from application')
    await pause(8000)
    await Promise.all(greedy.map(client => client.end()))
    const healedAt = Date.now()
    return { cases: await submitting, healedAt }
  }
}
