import { expect } from 'chai'
import type { ApiClient } from '../../../scripts/client.ts'
import { startPublicServer } from '../../support/public-server.ts'
import type { PublicServer } from '../../support/public-server.ts'

const JSON_TYPE = { 'content-type': 'application/json' }
const DRAFT = { region: 'guangxi', channel: 'online', matters: [] as string[] }

describe('http/body', () => {
  let server: PublicServer
  let client: ApiClient

  before(async () => {
    server = await startPublicServer()
    client = await server.citizen(0)
  })
  after(() => server.stop())

  const refusal = async (body: unknown, headers?: Record<string, string>) => {
    const answer = await client.send('POST', 'applications', body, headers)
    expect(answer.headers.get('content-type')).to.contain('application/problem+json')
    expect(answer.body.detail).to.match(/[一-鿿]/)
    expect(answer.body.requestId).to.equal(answer.headers.get('x-request-id'))
    return [answer.status, answer.body.code]
  }

  it('refuses what is no JSON, and what is no object', async () => {
    expect(await refusal('{"region":', JSON_TYPE)).to.deep.equal([400, 'JSON_INVALID'])
    expect(await refusal('"text"', JSON_TYPE)).to.deep.equal([400, 'JSON_INVALID'])
    expect(await refusal('[]', JSON_TYPE)).to.deep.equal([400, 'REQUEST_INVALID'])
  })

  it('refuses another content type, and none', async () => {
    expect(await refusal('region=guangxi', { 'content-type': 'application/x-www-form-urlencoded' })).to.deep.equal([415, 'MEDIA_TYPE_UNSUPPORTED'])
    expect(await refusal('{}', { 'content-type': 'text/plain' })).to.deep.equal([415, 'MEDIA_TYPE_UNSUPPORTED'])
    expect((await client.send('POST', 'applications', JSON.stringify(DRAFT), { 'content-type': 'application/json; charset=utf-8; x=1' })).status)
      .to.equal(201)
  })

  it('refuses more than a megabyte', async () => {
    const common = { text: 'x'.repeat(1_100_000) }
    expect(await refusal({ ...DRAFT, common })).to.deep.equal([413, 'PAYLOAD_TOO_LARGE'])
  })

  it('refuses deep nesting, names of prototypes and NUL', async () => {
    const deep = '{"a":'.repeat(40) + '1' + '}'.repeat(40)
    expect(await refusal(`{"region":"guangxi","channel":"online","matters":[],"common":${deep}}`, JSON_TYPE)).to.deep.equal([400, 'REQUEST_INVALID'])
    for (const key of ['__proto__', 'constructor']) {
      expect(await refusal(`{"region":"guangxi","channel":"online","matters":[],"common":{"${key}":{"x":1}}}`, JSON_TYPE))
        .to.deep.equal([400, 'REQUEST_INVALID'])
    }
    expect(await refusal({ ...DRAFT, common: { person: { name: 'a\0b' } } })).to.deep.equal([400, 'REQUEST_INVALID'])
  })

  it('names each field in Chinese with its place', async () => {
    const cases: [unknown, string, string][] = [
      [{ channel: 'online', matters: [] }, '/region', '请填写地区'],
      [{ ...DRAFT, channel: 'letter' }, '/channel', '受理渠道不在可选的范围内'],
      [{ ...DRAFT, matters: ['a', 'a'] }, '/matters', '所选事项有重复'],
      [{ ...DRAFT, matters: 'a' }, '/matters', '所选事项的类型不正确'],
      [{ ...DRAFT, surplus: 1 }, '/surplus', '没有“surplus”这一项']
    ]
    for (const [body, path, message] of cases) {
      const answer = await client.send('POST', 'applications', body)
      expect([answer.status, answer.body.fields[0].path, answer.body.fields[0].message]).to.deep.equal([400, path, message])
    }
  })

  it('answers an unknown address and a wrong method as problems, too', async () => {
    expect((await client.send('GET', 'nothing')).body.code).to.equal('NOT_FOUND')
    const answer = await client.send('PATCH', 'regions')
    expect([answer.status, answer.body.code, answer.headers.get('allow')]).to.deep.equal([405, 'METHOD_NOT_ALLOWED', 'GET'])
    for (const path of ['/API/v1/tasks', '/api/v1/tasks/', '/api/v1//tasks', '/api', '/nothing']) {
      expect((await fetch(server.url + path)).status, path).to.equal(404)
    }
  })
})
