import { expect } from 'chai'
import { withCheckDigit } from '../support/people.ts'
import { stack } from './support/root-stack.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- answers of the interface are read as they come */

const CHINESE = /[一-鿿]/

function expectProblem(answer: { status: number; body: any; headers: Headers }, status: number, code: string): void {
  expect([answer.status, answer.body.code], JSON.stringify(answer.body)).to.deep.equal([status, code])
  expect(answer.headers.get('content-type')).to.contain('application/problem+json')
  expect(answer.body.detail).to.match(CHINESE)
  expect(answer.body.requestId).to.be.a('string')
}

describe('bad input @brief', () => {
  it('that is not JSON', async () => {
    const applicant = await stack().newcomer()
    expectProblem(await applicant.send('POST', 'applications', '{"region":', { 'content-type': 'application/json' }), 400, 'JSON_INVALID')
  })

  it('with an unknown region or an unknown matter', async () => {
    expectProblem(await stack().anonymous.send('GET', 'regions/atlantis/forms'), 404, 'REGION_UNKNOWN')
    const unknown = await stack().anonymous.send('POST', 'regions/guangxi/precheck', { channel: 'online', matters: ['fly-to-the-moon'] })
    expectProblem(unknown, 422, 'MATTER_UNKNOWN')
  })

  it('with a wrong check digit, sex or birth date is told field by field, and nothing is submitted', async () => {
    const applicant = await stack().newcomer()
    const cases: readonly [string, (person: any) => void][] = [
      ['/common/person/idNumber', person => { person.idNumber = person.idNumber.slice(0, 17) + (person.idNumber.endsWith('1') ? '2' : '1') }],
      ['/common/person/sex', person => { person.sex = person.sex === 'male' ? 'female' : 'male' }],
      ['/common/person/birthDate', person => { person.birthDate = '1970-01-01' }]
    ]
    for (const [path, spoil] of cases) {
      const id = await applicant.draft('guangxi', ['flexible-pension'], draft => spoil(draft.common.person))
      const answer = await applicant.send('POST', `applications/${id}/submit`,
        { confirmedNotices: ['flexible-pension'], declarationAccepted: true, signature: null })
      expectProblem(answer, 422, 'FORM_INVALID')
      const fields = answer.body.fields as { path: string; code: string; message: string }[]
      expect(fields.map(field => field.path), JSON.stringify(fields)).to.include(path)
      for (const field of fields) expect(field.message).to.match(CHINESE)
      expect((await applicant.get(`applications/${id}`)).status).to.equal('draft')
    }
  })

  it('in a file of 20 MB or of another kind leaves nothing behind', async () => {
    const applicant = await stack().newcomer()
    const id = await applicant.draft('guangxi', ['social-security-card'])
    const upload = (bytes: Uint8Array<ArrayBuffer>, name: string) => {
      const form = new FormData()
      form.set('code', 'photo')
      form.set('slug', 'social-security-card')
      form.set('file', new Blob([bytes]), name)
      return applicant.send('POST', `applications/${id}/materials`, form)
    }
    expectProblem(await upload(new Uint8Array(20 * 1024 * 1024), '照片.jpg'), 413, 'FILE_TOO_LARGE')
    expectProblem(await upload(new TextEncoder().encode('MZ not a picture'), '照片.jpg'), 415, 'FILE_TYPE_UNSUPPORTED')
  })

  it('under an Idempotency-Key that was used for another body', async () => {
    const applicant = await stack().newcomer()
    const body = { region: 'guangxi', channel: 'online', matters: ['flexible-pension'], common: {}, items: {}, agent: null }
    const key = { 'idempotency-key': 'b3b0c5f0-test-key' }
    const first = await applicant.send('POST', 'applications', body, key)
    const again = await applicant.send('POST', 'applications', body, key)
    expect([first.status, again.status, again.body.id]).to.deep.equal([201, 201, first.body.id])
    expectProblem(await applicant.send('POST', 'applications', { ...body, matters: ['flexible-medical'] }, key), 409, 'IDEMPOTENCY_KEY_REUSED')
  })

  it('for a draft without, or with an old, If-Match', async () => {
    const applicant = await stack().newcomer()
    const body = { region: 'guangxi', channel: 'online', matters: ['flexible-pension'], common: {}, items: {}, agent: null }
    const draft = await applicant.send('POST', 'applications', body)
    expect(draft.headers.get('etag')).to.be.a('string')
    expectProblem(await applicant.send('PUT', `applications/${draft.body.id}`, body), 428, 'PRECONDITION_REQUIRED')
    const saved = await applicant.send('PUT', `applications/${draft.body.id}`, body, { 'if-match': draft.headers.get('etag')! })
    expect([saved.status, saved.body.version]).to.deep.equal([200, 2])
    const stale = await applicant.send('PUT', `applications/${draft.body.id}`, body, { 'if-match': draft.headers.get('etag')! })
    expectProblem(stale, 412, 'VERSION_CONFLICT')
  })

  it('a valid number of somebody else in the form of an online applicant is named', async () => {
    const applicant = await stack().newcomer()
    const id = await applicant.draft('guangxi', ['flexible-pension'], draft => {
      Object.assign(draft.common.person, { idNumber: withCheckDigit('45010319880808515'), birthDate: '1988-08-08', sex: 'male' })
    })
    const answer = await applicant.send('POST', `applications/${id}/submit`,
      { confirmedNotices: ['flexible-pension'], declarationAccepted: true, signature: null })
    expectProblem(answer, 422, 'FORM_INVALID')
  })
})

describe('the same submission twenty times at once @brief', () => {
  it('makes one case, and everybody is told its number', async () => {
    const applicant = await stack().newcomer()
    const id = await applicant.draft('guangxi', ['flexible-pension'])
    const body = { confirmedNotices: ['flexible-pension'], declarationAccepted: true, signature: null }
    const answers = await Promise.all(Array.from({ length: 20 }, () => applicant.send('POST', `applications/${id}/submit`, body)))
    const accepted = answers.filter(answer => answer.status === 202)
    const refused = answers.filter(answer => answer.status === 409)
    expect([accepted.length, refused.length]).to.deep.equal([1, 19])
    for (const answer of refused) {
      expect([answer.body.code, answer.body.number]).to.deep.equal(['ALREADY_SUBMITTED', accepted[0]!.body.number])
    }
  })
})
