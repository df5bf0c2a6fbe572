import { expect } from 'chai'
import { until } from '../support/until.ts'
import { engine } from './support/case.ts'
import { stack } from './support/root-stack.ts'

const ENGINE_PATHS = ['version', 'task', 'process-definition', 'process-instance', 'external-task', 'job', 'incident', 'history/task', 'deployment',
  'history/process-instance', 'decision-definition', 'filter', 'user', 'group', 'authorization', 'metrics', 'message', 'engine']

describe('who is let in @brief', () => {
  const engineUrl = () => `http://127.0.0.1:${stack().system.options.port + 10}/engine-rest`

  it('nobody without credentials reaches any path of the engine', async () => {
    for (const path of ENGINE_PATHS) {
      const get = await fetch(`${engineUrl()}/${path}`)
      const post = await fetch(`${engineUrl()}/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
      expect([get.status, post.status], path).to.deep.equal([401, 401])
    }
  })

  it('POST /task and /filter are denied even with credentials', async () => {
    const authorization = `Basic ${Buffer.from(`engine:${stack().system.secrets.ENGINE_PASSWORD}`).toString('base64')}`
    for (const path of ['task', 'task/', 'task/count', 'filter', 'filter/create', 'engine/default/task', '%74ask']) {
      const response = await fetch(`${engineUrl()}/${path}`, {
        method: 'POST', headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ orQueries: [{ dueAfterExpression: '${1+1}' }] })
      })
      expect(response.status, path).to.equal(403)
    }
  })

  it('no page of the engine holds more than 1,000', async () => {
    const authorization = `Basic ${Buffer.from(`engine:${stack().system.secrets.ENGINE_PASSWORD}`).toString('base64')}`
    const answers = await Promise.all([1000, 1001, 10_000].map(size => fetch(`${engineUrl()}/task?sortBy=id&maxResults=${size}&sortOrder=asc`, { headers: { authorization } })))
    expect(answers.map(({ status }) => status)).to.deep.equal([200, 403, 403])
  })

  it('another applicant gets 404 for a case and for its file', async () => {
    const owner = await stack().newcomer()
    const stranger = await stack().newcomer()
    const id = await owner.draft('guangxi', ['social-security-card'])
    const form = new FormData()
    form.set('code', 'id-card')
    form.set('file', new Blob([tinyPng()]), '身份证.png')
    const material = await owner.call('POST', `applications/${id}/materials`, form)
    expect((await owner.send('GET', `applications/${id}/materials/${material.id}`)).status).to.equal(200)
    for (const path of [`applications/${id}`, `applications/${id}/materials/${material.id}`]) {
      const answer = await stranger.send('GET', path)
      expect([answer.status, answer.body.code], path).to.deep.equal([404, 'NOT_FOUND'])
    }
    expect((await stack().anonymous.send('GET', `applications/${id}`)).status).to.equal(401)
    expect((await stranger.send('POST', `applications/${id}/submit`,
      { confirmedNotices: [], declarationAccepted: true, signature: null })).status).to.equal(404)
  })

  it('a clerk of another division or another department does not see the task', async () => {
    const applicant = await stack().newcomer()
    const { id } = await applicant.apply('guangxi', ['resident-pension'])
    const right = await stack().as('hrss-gx')
    const task = await until('the task of hrss', async () => (await right.get(`tasks?queue=all&applicationId=${id}`)).tasks[0])
    for (const account of ['hrss-gx2', 'medical-gx', 'tax-gx', 'hrss-nx']) {
      const other = await stack().as(account)
      expect((await other.get(`tasks?queue=all&applicationId=${id}`)).tasks, account).to.deep.equal([])
      expect((await other.send('POST', `tasks/${task.id}/claim`, {})).status, account).to.equal(404)
    }
    expect((await applicant.send('POST', `tasks/${task.id}/claim`, {})).status).to.equal(403)
    expect((await right.send('POST', `tasks/${task.id}/claim`, {})).status).to.equal(200)
  })

  it('a task can be decided once', async () => {
    const applicant = await stack().newcomer()
    const { id } = await applicant.apply('guangxi', ['resident-pension'])
    const clerk = await stack().as('hrss-gx')
    const task = await until('the task', async () => (await clerk.get(`tasks?queue=group&applicationId=${id}`)).tasks[0])
    await clerk.post(`tasks/${task.id}/claim`)
    const answers = await Promise.all([
      clerk.send('POST', `tasks/${task.id}/complete`, { decision: 'approve' }),
      clerk.send('POST', `tasks/${task.id}/complete`, { decision: 'reject', reasonCode: 'NOT_ELIGIBLE', reasonText: '不符合' })
    ])
    expect(answers.map(answer => answer.status).sort()).to.deep.equal([200, 409])
    expect(answers.find(answer => answer.status === 409)!.body.code).to.equal('TASK_GONE')
  })

  it('a request from another site is refused', async () => {
    const applicant = await stack().newcomer()
    const answer = await applicant.send('POST', 'applications', {}, { origin: 'https://elsewhere.example' })
    expect([answer.status, answer.body.code]).to.deep.equal([403, 'CROSS_SITE_REQUEST'])
  })

  it('the engine holds no variable but references, booleans and enumerations', async () => {
    const applicant = await stack().newcomer()
    const { id } = await applicant.apply('guangxi', ['resident-pension'])
    const [instance] = await until('the process', async () => {
      const found = await engine(`process-instance?businessKey=${id}`)
      return found.length ? found : undefined
    })
    const variables = await engine(`process-instance/${instance.id}/variables`)
    for (const [name, { type }] of Object.entries<{ type: string }>(variables)) {
      expect(['String', 'Boolean', 'Integer', 'Long', 'Date', 'Null'], name).to.include(type)
    }
  })
})

function tinyPng(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'))
}
