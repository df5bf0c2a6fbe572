import type { Express } from 'express'
import type { Knex } from 'knex'
import { normaliseIdNumber } from '../../core/id-numbers.ts'
import type { Insurance } from './enrolment.ts'

/** `POST /v1/enrolments`: which insurances a person was in at an instant, by the register of this department alone. */
export function answerHeldEnrolments(insurances: readonly Insurance[]): (app: Express, db: Knex) => void {
  return (app, db) => {
    app.post('/v1/enrolments', async (request, response) => {
      const { idNumber, asOf } = request.body as { idNumber: string; asOf: string }
      const at = Date.parse(asOf)
      const held = await db('register_entry').whereIn('register', insurances.map(({ slug }) => slug))
        .where({ person: normaliseIdNumber(idNumber) }).where('started_at', '<=', at)
        .where(open => open.whereNull('ended_at').orWhere('ended_at', '>', at)).select('register')
      const registers = new Set(held.map(({ register }: { register: string }) => register))
      response.json({ enrolments: insurances.filter(({ slug }) => registers.has(slug)).map(({ enrolment }) => enrolment) })
    })
  }
}
