import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import type { ApiClient } from '../../../scripts/client.ts'
import { access } from '../../../server/auth/access.ts'
import { insertFeedback } from '../../../server/db/feedback.ts'
import { insertRating } from '../../../server/db/ratings.ts'
import { addWorkItems } from '../../../server/db/work-items.ts'
import { operationsOf, readOpenApi } from '../../../server/openapi.ts'
import { confirmed, draftOf, staff, startPublicServer } from '../../support/public-server.ts'
import type { PublicServer } from '../../support/public-server.ts'

const operations = operationsOf(readOpenApi())
const protectedOnes = operations.filter(({ id }) => access[id]?.roles !== 'public')

/** What each kind of asker gets before a route runs: the status of the refusal, or `in` when it is let in. */
type Verdict = 401 | 403 | 404 | 'in'

describe('auth/access', () => {
  it('has a row for each operation of the contract and for nothing else', () => {
    expect(Object.keys(access).sort()).to.deep.equal(operations.map(({ id }) => id).sort())
  })

  it('opens nothing to everybody but what is meant to be', () => {
    const open = operations.filter(({ id }) => access[id]?.roles === 'public').map(({ id }) => id)
    expect(open).to.have.members(['listRegions', 'getGuide', 'getGuidePaper', 'getForms', 'listDivisions', 'listPlaces', 'listBlankPapers', 'getBlankPaper', 'precheck',
      'getEvidenceKey',
      'getQuestionnaire', 'recommend', 'contributionAdvice', 'lookup', 'giveFeedback', 'lookUpFeedback', 'getRatingOptions', 'login', 'initiateLogin',
      'loginCallback',
      'logoutPage', 'logout', 'healthz', 'readyz'])
  })

  describe('matrix', () => {
    let server: PublicServer
    let askers: Record<string, ApiClient>
    let submitted: string
    let draft: string
    const [task, rating, feedback] = [randomUUID(), randomUUID(), randomUUID()]

    before(async () => {
      server = await startPublicServer()
      const owner = await server.citizen(0)
      askers = {
        anonymous: server.anonymous,
        owner,
        stranger: await server.citizen(1),
        clerk: await server.as(staff('clerk', 'hrss-gx', { department: 'hrss', division: '450103' })),
        otherDepartment: await server.as(staff('clerk', 'tax-gx', { department: 'tax', division: '450103' })),
        otherDivision: await server.as(staff('clerk', 'hrss-gx2', { department: 'hrss', division: '450200' })),
        otherRegion: await server.as(staff('clerk', 'hrss-nx', { department: 'hrss', region: 'ningxia', division: '640104' })),
        window: await server.as(staff('window', 'window-gx', { department: 'window', division: '450103' })),
        auditor: await server.as(staff('auditor')),
        supervisor: await server.as(staff('supervisor')),
        designer: await server.as(staff('designer'))
      }
      draft = await draftOf(owner, ['flexible-pension'])
      submitted = await draftOf(owner, ['resident-pension'])
      await owner.call('POST', `applications/${submitted}/submit`, confirmed(['resident-pension']))
      const [item] = await server.ctx.db('item').where({ application_id: submitted })
      await addWorkItems(server.ctx.db, [{
        id: task, application_id: submitted, item_id: item.id, row_id: null, region: 'guangxi', slug: item.slug, department: 'hrss',
        division: '450103', name: '审核', kind: 'review', activity_id: 'Task_Review', process_definition_id: 'd', process_instance_id: 'i',
        decisions: '[]', due_at: null, created_at: 1, rule_id: null
      }], 1)
      await insertRating(server.ctx.db, {
        id: rating, application_id: submitted, item_id: item.id, level: 5, reasons: '[]', text_enc: null, created_at: 1, open_since: 1
      })
      await insertFeedback(server.ctx.db, {
        id: feedback, number: 'f1', region: 'guangxi', department: 'hrss', division: '450103', status: 'received', content_enc: '',
        mobile_last4_key: null, handled_by: null, reply_enc: null, created_at: 1, answered_at: null
      })
    })
    after(() => server.stop())

    const answered: Readonly<Record<string, string>> = { task, rating, feedback }
    const onDraft = new Set(['updateApplication', 'deleteApplication', 'submitApplication'])

    for (const operation of protectedOnes) {
      const expected = expectationsOf(operation.id)
      for (const [asker, verdict] of Object.entries(expected)) {
        it(`${operation.method} ${operation.path}: ${asker} ${verdict === 'in' ? 'is let in' : `gets ${verdict}`}`, async () => {
          const id = answered[access[operation.id]?.resource ?? ''] ?? (onDraft.has(operation.id) ? draft : submitted)
          const path = operation.path.replace('/api/v1/', '').replace('{id}', id)
            .replace('{slug}', 'resident-pension').replace(/\{(material|rating)\}/, randomUUID()).replace('{region}', 'guangxi')
          expect(await verdictOf(askers[asker]!, operation.method, path), asker).to.equal(verdict)
        })
      }
    }
  })
})

/**
 * Sends what no route accepts (an unknown query parameter): whoever is let in meets the validator's complaint, so that the matrix
 * changes nothing. Everybody else must have been refused before the request was looked at.
 */
async function verdictOf(client: ApiClient, method: string, path: string): Promise<Verdict | string> {
  const { status, body } = await client.send(method, `${path}?no-such-parameter=1`, method === 'POST' || method === 'PUT' ? [] : undefined)
  if (status === 400 || status === 415) return 'in'
  return [401, 403, 404].includes(status) ? status as Verdict : `${status} ${JSON.stringify(body)}`
}

function expectationsOf(id: string): Record<string, Verdict> {
  const { roles = [], resource } = access[id] ?? {}
  const may = (role: string): boolean => roles === 'any' || (Array.isArray(roles) && roles.includes(role))
  const seen = (role: string, isVisible: boolean): Verdict => !may(role) ? 403 : resource && !isVisible ? 404 : 'in'
  const isTask = resource === 'task'
  // A rating or an opinion is its department's and the supervision's to answer, and nobody else's.
  const isAnswered = resource === 'rating' || resource === 'feedback'
  const isOwn = resource === 'own-application' || resource === 'intake' || resource === 'item'
  return {
    anonymous: 401,
    owner: seen('citizen', !isTask),
    stranger: seen('citizen', false),
    clerk: seen('clerk', !isOwn),
    otherDepartment: seen('clerk', false),
    otherDivision: seen('clerk', false),
    otherRegion: seen('clerk', false),
    // Any window of the region sees what was submitted there, but acts only for those who came to a window.
    window: seen('window', !isTask && !isOwn),
    auditor: seen('auditor', false),
    supervisor: seen('supervisor', isAnswered),
    designer: seen('designer', false)
  }
}
