import { expect } from 'chai'
import { isFinal, itemOf, workUntil } from './support/case.ts'
import { stack } from './support/root-stack.ts'

interface Definition { readonly key: string; readonly kind: string; readonly version: number }
interface Client { readonly client: string; readonly isLate: boolean }

describe('what supervisors, auditors and designers see @brief', () => {
  it('the board moves with a case, and its trail is whole', async () => {
    const supervisor = await stack().as('supervisor-gx')
    const totals = async () => (await supervisor.get('sla/summary')).decided.decided as number
    const before = await totals()
    const applicant = await stack().newcomer()
    const { id } = await applicant.apply('guangxi', ['flexible-pension'])
    await workUntil(applicant, id, one => isFinal(itemOf(one, 'flexible-pension')))
    expect(await totals()).to.be.greaterThan(before)
    const auditor = await stack().as('auditor-gx')
    expect(await auditor.get(`audit/verify?applicationId=${id}`)).to.include({ isIntact: true, chains: 1 })
    const { seals } = await auditor.get('audit/verify')
    expect(seals.isIntact).to.equal(true)
    const { totals: held } = await supervisor.get(`sla/attribution?applicationId=${id}`)
    expect(held.map(({ holder }: { holder: string }) => holder)).to.deep.equal(['system'])
  })

  it('each worker is alive, and nothing waits for ever', async () => {
    const { isAlive, clients, outbox } = await (await stack().as('supervisor-gx')).get('workers')
    expect(isAlive).to.equal(true)
    expect(clients.map(({ client }: Client) => client)).to.include.members(['common', 'hrss', 'medical', 'tax', 'data-sharing'])
    expect(clients.filter(({ isLate }: Client) => isLate)).to.deep.equal([])
    expect(outbox.stuck).to.equal(0)
  })

  it('the models in force are those of the own region', async () => {
    const designer = await stack().as('designer-gx')
    const { definitions } = await designer.get('definitions')
    const keys = (definitions as Definition[]).map(({ key }) => key)
    expect(keys).to.include.members(['guangxi-enrolment', 'guangxi-flexible-pension', 'guangxi-review'])
    expect(keys.every(key => key.startsWith('guangxi-'))).to.equal(true)
    expect(await designer.get('definitions/guangxi-enrolment/versions/1.xml')).to.contain('<bpmn:process id="guangxi-enrolment"')
    expect(await designer.get('definitions/guangxi-review/versions/1.xml')).to.contain('<decision id="guangxi-review"')
    expect((await designer.send('GET', 'definitions/guangxi-enrolment/versions/999.xml')).status).to.equal(404)
    expect((await designer.send('GET', 'definitions/ningxia-enrolment/versions/1.xml')).status).to.equal(404)
  })
})
