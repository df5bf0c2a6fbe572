import { expect } from 'chai'
import type { ApiClient } from '../../../scripts/client.ts'
import { findApplication, updateApplication } from '../../../server/db/applications.ts'
import { findItemsOfApplication, updateItem } from '../../../server/db/items.ts'
import { paperCode } from '../../../server/services/papers/paper-code.ts'
import { confirmed, draftOf, noConflicts, startPublicServer } from '../../support/public-server.ts'
import type { PublicServer } from '../../support/public-server.ts'

describe('routes/check', () => {
  let server: PublicServer
  let client: ApiClient
  let number: string
  let id: string

  before(async () => {
    server = await startPublicServer({ decisions: noConflicts })
    client = await server.citizen(0)
    id = await draftOf(client, ['flexible-pension'])
    number = (await client.call('POST', `applications/${id}/submit`, confirmed(['flexible-pension']))).number
  })
  after(() => server.stop())

  const check = async (of: string, code: string) => {
    const response = await fetch(`${server.url}/check?${new URLSearchParams({ number: of, code }).toString()}`)
    return { status: response.status, headers: response.headers, text: await response.text() }
  }
  const codeOf = (paper: string, issuedAt: number) => paperCode(server.ctx.crypto, { number, paper, issuedAt })

  it('knows the form and the receipt by the code that they print, and says nothing of the person', async () => {
    const application = (await findApplication(server.ctx.db, id))!
    const person = (await client.get('regions/guangxi/prefill?matters=flexible-pension')).common.person
    for (const [paper, title] of [['form', '申请表'], ['submitted', '收件回执']] as const) {
      const { status, text, headers } = await check(number, codeOf(paper, application.submitted_at!).toLowerCase())
      expect(status).to.equal(200)
      expect(text).to.contain('文书真实').and.contain(title).and.contain(number)
      for (const secret of [person.name, person.idNumber, person.mobile]) expect(text).to.not.contain(secret)
      expect(headers.get('content-security-policy')).to.contain("script-src 'self'")
    }
  })

  it('knows a notice by its code, from the moment that there is one', async () => {
    const { db, clock } = server.ctx
    const at = clock.now()
    const [item] = await findItemsOfApplication(db, id)
    const before = await check(number, codeOf(`result-${item!.id}`, at))
    expect(before.status).to.equal(404)
    await updateApplication(db, id, { accepted_at: at, accepted_on: '2026-03-24' }, at)
    await updateItem(db, item!.id, { status: 'delivered', outcome: 'approved', decided_at: at, receipt_number: 'RS1', receipt_issued_at: at }, at)
    expect((await check(number, codeOf('receipt', at))).text).to.contain('受理通知书')
    expect((await check(number, codeOf(`result-${item!.id}`, at))).text).to.contain('文书真实')
  })

  it('answers a wrong code, an unknown number and nonsense alike', async () => {
    const wrong = await check(number, 'AAAAAAAAAA')
    const unknown = await check('45000020990101YJS0000019', 'AAAAAAAAAA')
    const nonsense = await check('<script>', '"><img src=x>')
    for (const answer of [wrong, unknown, nonsense]) {
      expect(answer.status).to.equal(404)
      expect(answer.text).to.equal(wrong.text).and.contain('没有查到')
    }
    expect(nonsense.text).to.not.contain('<script>')
  })
})
