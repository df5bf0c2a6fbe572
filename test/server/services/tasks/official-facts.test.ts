import { expect } from 'chai'
import type { ServerContext } from '../../../../server/context.ts'
import type { Application } from '../../../../server/db/applications.ts'
import { createRegionCatalogue } from '../../../../server/regions/catalogue.ts'
import { officialFacts } from '../../../../server/services/tasks/official-facts.ts'
import type { Shared, SharedRecords } from '../../../../server/sharing/data-sharing.ts'

const region = createRegionCatalogue().all()[0]!
const application = { id: 'a', version: 1 } as Application
const person = { name: '韦测试', idType: 'resident-id', idNumber: '450103199008160244', householdDivision: '450103001001', householdAddress: '新竹路12号' }
const content = { common: { person }, items: {}, agent: null }

function platform(answer: Shared<SharedRecords>) {
  const asked: string[] = []
  return { asked, dataSharing: { records: async (_: unknown, id: string) => { asked.push(id); return answer } } as unknown as ServerContext['dataSharing'] }
}

describe('services/tasks/official-facts', () => {
  it('sets what the register says beside what was typed, masked, and asks once for each version', async () => {
    const ctx = platform({ outcome: 'known', value: {
      household: { division: '450103001001', address: '园湖路1号' }, residence: null, currentEnrolments: null, licences: []
    } })
    const facts = await officialFacts(ctx, region, application, content)
    expect(facts.map(({ path, isSame }) => [path, isSame])).to.deep.equal([
      ['/common/person/name', true], ['/common/person/idNumber', true], ['/common/person/householdDivision', true], ['/common/person/householdAddress', false]
    ])
    expect(JSON.stringify(facts)).to.not.contain('园湖路1号')
    await officialFacts(ctx, region, application, content)
    await officialFacts(ctx, region, { ...application, version: 2 }, content)
    expect(ctx.asked).to.have.length(2)
  })

  it('marks a name that does not belong to the number, and says nothing when nobody answered', async () => {
    expect((await officialFacts(platform({ outcome: 'unmatched' }), region, application, content)).map(({ isSame }) => isSame)).to.deep.equal([false, false])
    const away = platform({ outcome: 'unavailable' })
    expect(await officialFacts(away, region, application, content)).to.deep.equal([])
    await officialFacts(away, region, application, content)
    expect(away.asked).to.have.length(2)
  })
})
