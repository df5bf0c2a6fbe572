import { expect } from 'chai'
import { startForTest } from '../support.ts'
import type { TestDepartments } from '../support.ts'

describe('platform/entry', () => {
  let platform: TestDepartments
  before(async () => { platform = await startForTest(['platform'], { issuer: 'https://identity.example' }) })
  after(() => platform.end())

  const enter = (path: string) => fetch(`${platform.urls.platform}/v1/entry/${path}`, { redirect: 'manual' })

  it('leads to the service\'s door for logins that begin elsewhere, with the matters and nothing of the person', async () => {
    const response = await enter('guangxi?matters=flexible-pension,contribution')
    expect(response.status).to.equal(302)
    const door = new URL(response.headers.get('location')!)
    expect(door.origin + door.pathname).to.equal('http://localhost:3000/api/v1/auth/initiate')
    expect(Object.fromEntries(door.searchParams)).to.deep.equal({
      iss: 'https://identity.example',
      target_link_uri: 'http://localhost:3000/apply/regions/guangxi/start?matters=flexible-pension%2Ccontribution'
    })
  })

  it('refuses what is no region', async () => {
    expect((await enter('..%2Fguangxi?matters=a')).status).to.equal(400)
  })
})
