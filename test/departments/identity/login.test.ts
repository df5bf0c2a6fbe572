import { expect } from 'chai'
import { PASSWORD } from '../support.ts'
import { startRelyingParty } from './relying-party.ts'
import type { RelyingParty } from './relying-party.ts'

describe('the login form', () => {
  let party: RelyingParty

  before(async () => { party = await startRelyingParty() })
  after(() => party.stop())

  /** Opens the login page like a browser and returns how to send its form. */
  async function open(): Promise<{ page: Response; post(account: string, password: string): Promise<Response> }> {
    const begun = await fetch(`${party.publicUrl}/api/v1/auth/login`, { redirect: 'manual' })
    const asked = await fetch(begun.headers.get('location')!, { redirect: 'manual' })
    const cookie = asked.headers.getSetCookie().map(one => one.split(';', 1)[0]).join('; ')
    const url = new URL(asked.headers.get('location')!, party.identityUrl)
    return {
      page: await fetch(url, { headers: { cookie } }),
      post: (account, password) => fetch(url, {
        method: 'POST', redirect: 'manual', headers: { cookie }, body: new URLSearchParams({ account, password })
      })
    }
  }

  it('is sent with a policy that allows no script, and back to our address only', async () => {
    const { page } = await open()
    const policy = page.headers.get('content-security-policy')
    expect(policy).to.include("default-src 'none'").and.not.include('script-src')
    expect(policy).to.include(`form-action 'self' ${party.publicUrl}`).and.include("frame-ancestors 'none'")
    expect(await page.text()).to.not.include('<script').and.not.include(PASSWORD)
  })

  it('names the demo accounts of each region', async () => {
    const text = await (await open()).page.text()
    expect(text).to.include('申请人 citizen-gx-1 至 citizen-gx-9；窗口 window-gx；经办 hrss-gx、')
    expect(text).to.include('申请人 citizen-nx-1 至 citizen-nx-5；窗口 window-nx；经办 hrss-nx、')
  })

  it('asks for what was left out', async () => {
    const { post } = await open()
    const answer = await post('', '')
    expect(answer.status).to.equal(400)
    expect(await answer.text()).to.include('请填写账号').and.include('请填写密码')
  })

  it('shows an account as text, whatever it holds', async () => {
    const { post } = await open()
    const text = await (await post('"><script>alert(1)</script>', 'x')).text()
    expect(text).to.include('&quot;&gt;&lt;script&gt;').and.not.include('<script>')
  })

  it('answers a wrong password and an unknown account alike, byte for byte', async () => {
    const { post } = await open()
    const [known, unknown] = [await post('citizen-gx-8', 'wrong'), await post('citizen-gx-0', 'wrong')]
    expect(known.status).to.equal(401)
    expect(unknown.status).to.equal(401)
    expect((await unknown.text()).replaceAll('citizen-gx-0', 'citizen-gx-8')).to.equal(await known.text())
  })

  it('stops after five failures, for an account that exists and for one that does not, even with the right password', async () => {
    const { post } = await open()
    for (const account of ['citizen-gx-9', 'nobody']) {
      for (let time = 0; time < 5; time++) expect((await post(account, 'wrong')).status).to.equal(401)
      const stopped = await post(account, PASSWORD)
      expect(stopped.status).to.equal(429)
      expect(stopped.headers.get('retry-after')).to.equal('900')
      expect(await stopped.text()).to.include('尝试次数过多，请在 15 分钟后再试')
    }
    expect((await post('citizen-gx-7', PASSWORD)).status).to.equal(303)
  })
})
