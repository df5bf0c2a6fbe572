import type { Department } from '../common/run-department.ts'
import type { People } from '../people/index.ts'
import { addedPeopleTable, addPeople, dataSharingKinds } from './kinds.ts'
import type { Registers } from './registers.ts'

/** The stand-in of the public data platform; run by `runDepartment`. */
export function dataSharingDepartment(people: People, registers: Registers): Department {
  return {
    name: 'data-sharing',
    prefix: 'GX',
    folder: new URL('.', import.meta.url).href,
    kinds: dataSharingKinds(people, registers),
    tables: [addedPeopleTable],
    extend(app, db) {
      app.post('/v1/people', async (request, response) => {
        response.json({ added: await addPeople(db, request.body.people) })
      })
    }
  }
}
