import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { calendarYears } from '../../../core/calendar/index.ts'
import { createLiveCalendar } from '../../../core/working-days.ts'
import { createBusinessClock } from '../../../server/clock.ts'
import { connect } from '../../../server/db/connect.ts'
import { findItem } from '../../../server/db/items.ts'
import { migrate } from '../../../server/db/migrate.ts'
import type { EngineGateway } from '../../../server/engine/gateway.ts'
import { createRegionCatalogue } from '../../../server/regions/catalogue.ts'
import { plain } from '../../../server/services/guide/clauses.ts'
import { guideOf } from '../../../server/services/guide.ts'
import { precheck } from '../../../server/services/policy/precheck.ts'
import { runStep } from '../../../server/services/steps/run-step.ts'
import { tableDecisions } from '../../policy/table-decisions.ts'
import { submittedCase, testContext } from '../support/case-context.ts'

type Change = (xml: string) => string

/** The region's own tables as if deployed, one of them perhaps changed. */
function deployed(changed = '', change: Change = xml => xml): Pick<EngineGateway, 'decisionDefinition' | 'decisionXml'> {
  return {
    decisionDefinition: key => Promise.resolve({ id: key, key, version: 1 }),
    decisionXml: id => {
      const [, region, name] = /^([a-z]+)-(.+)$/.exec(id)!
      const xml = readFileSync(`processes/${region}/${name}.dmn`, 'utf8')
      return Promise.resolve(id === changed ? change(xml) : xml)
    }
  }
}

const contextOf = (decisions = tableDecisions(), engine = deployed()) => ({
  config: { regionsDir: '' }, regions: createRegionCatalogue(), decisions, calendar: createLiveCalendar(calendarYears),
  clock: createBusinessClock({ now: '2026-09-24T09:00:00+08:00', real: () => 0 }), engine: engine as EngineGateway
})

describe('guide', () => {
  const guide = guideOf(contextOf(), 'guangxi')
  const matter = async (slug: string) => (await guide).matters.find(one => one.slug === slug)!
  const notice = readFileSync('regions/guangxi/notice.txt', 'utf8')

  it('says in words what a region promises as a whole, and that nothing has to be brought', async () => {
    expect(await guide).to.include({ promise: '整体承诺8个工作日办结', noMaterials: '除通用材料外，无需额外提供材料。' })
    expect(await guideOf(contextOf(), 'ningxia')).to.include({ promise: '全部事项即时办结', noMaterials: '无需提交材料。' })
  })

  it('promises what the table promises, on each channel, and the whole 8 and 85 days', async () => {
    const days = async (slug: string) => (await matter(slug)).deadlines.map(({ channel, promisedWorkingDays }) => `${channel} ${promisedWorkingDays}`)
    expect(await days('archive-transfer')).to.deep.equal(['online 2', 'window 0', 'platform 2'])
    expect(await days('resident-pension')).to.deep.equal(['online 3', 'window 8', 'platform 3'])
    expect(await days('social-security-card')).to.deep.equal(['online 5', 'window 5', 'platform 5'])
    for (const slug of ['flexible-pension', 'resident-medical', 'flexible-medical-change', 'contribution']) {
      expect((await matter(slug)).deadlines.map(({ kind }) => kind), slug).to.deep.equal(['immediate', 'immediate', 'immediate'])
    }
    expect(await guide).to.include({ overallPromisedWorkingDays: 8, statutoryTotalWorkingDays: 85 })
  })

  it('lists the materials of all in one place and those of a matter in the matter', async () => {
    const { materials } = await guide
    expect(materials.map(({ code, required }) => `${code} ${required}`)).to.deep.equal(
      ['application-form true', 'identity true', 'agent-identity false', 'agent-commitment false'])
    expect(materials[0]!.ways.map(({ channels, form }) => `${channels.join()} ${form}`)).to.deep.equal(['online,platform electronic', 'window original'])
    expect(materials[1]).to.include({ kind: 'identity', replacedByLicence: 'resident-id' })
    const codes = async (slug: string) => (await matter(slug)).materials.map(({ code }) => code)
    expect(await codes('flexible-pension')).to.deep.equal([])
    expect(await codes('contribution')).to.deep.equal([])
    expect(await codes('archive-transfer')).to.deep.equal(['archive-alternative-identity', 'archive-release', 'archive-transfer-letter'])
    expect(await codes('resident-medical')).to.deep.equal(['residence-permit', 'permanent-residence', 'accommodation-registration'])
    expect(await codes('resident-pension')).to.have.length(6)
  })

  it('asks of everybody only what everybody brings; the others are named', async () => {
    const [, foreign] = (await matter('resident-medical')).materials
    expect(foreign).to.include({ required: false, condition: '外国人提供' })
    expect((await matter('resident-pension')).materials.filter(({ required }) => required).map(({ code }) => code)).to.deep.equal(['household-book'])
    for (const { materials } of (await guide).matters) {
      for (const one of materials) if (!one.required) expect(one.condition, one.code).to.match(/[\u4e00-\u9fff]/)
    }
  })

  it('shows every rule of the eligibility table once, under the condition whose words it quotes', async () => {
    const { conditions, matters } = await guide
    const shown = [...conditions, ...matters.flatMap(one => one.conditions)].flatMap(({ rules }) => rules.map(({ ruleId }) => ruleId))
    const xml = readFileSync('processes/guangxi/eligibility.dmn', 'utf8')
    expect(shown).to.have.members([...xml.matchAll(/<rule id="([^"]+)"/g)].map(([, id]) => id))
    const card = (await matter('social-security-card')).conditions.find(({ clause }) => clause === '四（一）5')!
    expect(card.text).to.equal('从未提交过社会保障卡制卡申请的灵活就业人员')
    expect(card.rules.map(({ verdict }) => verdict)).to.deep.equal(['refuse'])
    expect((await matter('archive-transfer')).conditions.filter(({ clause }) => clause === '四（一）2（1）')).to.have.length(4)
  })

  it('says everything in the words of the notice: conditions, acts and 须知', async () => {
    const { conditions, matters } = await guide
    const [, acts = ''] = /三、实施依据([\s\S]*?)四、申请须知/.exec(notice) ?? []
    for (const one of matters) {
      expect(one.legalBasis, one.slug).to.not.be.empty
      for (const act of one.legalBasis) expect(plain(acts).includes(plain(act)), act).to.equal(true)
      for (const words of one.notices) expect(plain(notice).includes(plain(words)), words).to.equal(true)
      for (const { text } of [...conditions, ...one.conditions]) expect(plain(notice).includes(plain(text)), text).to.equal(true)
    }
    expect(matters.reduce((sum, { legalBasis }) => sum + legalBasis.length, 0)).to.equal((acts.match(/^《/gm) ?? []).length)
  })

  it('has the four exclusions, the ways to apply, the steps and the result', async () => {
    const { exclusions, procedure, result, matters } = await guide
    expect(exclusions.map(one => one.matters)).to.deep.equal([['resident-pension', 'flexible-pension'], ['resident-medical', 'flexible-medical'],
      ['resident-medical', 'resident-medical-change'], ['flexible-medical', 'flexible-medical-change']])
    expect(procedure).to.have.property('processId', 'guangxi-enrolment')
    expect(procedure.steps).to.have.length(2)
    for (const one of [{ procedure, result }, ...matters]) {
      expect(readFileSync(`processes/guangxi/${one.procedure.processId.replace('guangxi-', '')}.bpmn`, 'utf8')).to.contain(`id="${one.procedure.processId}"`)
      expect(one.procedure.steps.length).to.be.above(1)
      expect(one.result).to.match(/。$/).and.not.contain('附件1')
    }
  })

  it('tells where telephone and hours are published, and nothing of the staff list of 附件4', async () => {
    const answer = await guide
    const published = '以各地门户网站公布为准。'
    for (const { contact } of [answer, ...answer.matters]) expect(contact).to.deep.equal({ telephone: published, hours: published })
    const [, staff = ''] = /附件4\s+灵活就业参保“一件事”工作有关部门联系表([\s\S]*)$/.exec(notice) ?? []
    const numbers = staff.match(/\d{7,11}/g) ?? []
    expect(numbers.length).to.be.above(3)
    const text = JSON.stringify(answer)
    for (const number of numbers) expect(text.includes(number), number).to.equal(false)
  })

  it('refuses a region that it does not know', async () => {
    expect(await guideOf(contextOf(), 'atlantis').catch((error: unknown) => error)).to.include({ code: 'REGION_UNKNOWN' })
  })
})

describe('a deadline that is changed in the table', () => {
  const table = 'guangxi-deadlines'
  const change: Change = xml => xml.replace(/(deadline-resident-pension-online\.out\.promisedWorkingDays"><text>)3</, '$12<')
  const ctx = contextOf(tableDecisions(table, change))
  const ordinary = contextOf()
  const slug = 'resident-pension'

  it('is followed by the guide', async () => {
    const promised = async (context: typeof ctx) =>
      (await guideOf(context, 'guangxi')).matters.find(one => one.slug === slug)!.deadlines.map(({ promisedWorkingDays }) => promisedWorkingDays)
    expect([await promised(ordinary), await promised(ctx)]).to.deep.equal([[3, 8, 3], [2, 8, 2]])
  })

  it('is followed by the precheck that the form shows', async () => {
    const ask = async (context: typeof ctx) => (await precheck(context, 'guangxi', { channel: 'online', matters: [slug] })).deadlines[0]
    expect(await ask(ordinary)).to.include({ promisedWorkingDays: 3, dueDate: '2026-09-30' })
    expect(await ask(ctx)).to.include({ promisedWorkingDays: 2, dueDate: '2026-09-29' })
  })

  it('is followed by clock and timers of an item that is accepted afterwards, and by none that was accepted before', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'guide-'))
    const db = connect({ databaseUrl: '', dataDir })
    try {
      await migrate(db)
      const server = testContext(db)
      const accept = async (decisions: typeof ctx.decisions) => {
        const one = await submittedCase(server, { matters: [slug] })
        await step(decisions, one.id, 'common.accept-application')
        return open(decisions, one.item(slug))
      }
      const step = (decisions: typeof ctx.decisions, id: string, topic: string) => runStep({ ...server, decisions }, id, topic, {
        taskId: randomUUID(), processInstanceId: 'instance', variables: {}, worker: 'worker-1'
      })
      const open = async (decisions: typeof ctx.decisions, id: string) => {
        const { promisedAt } = await step(decisions, id, 'common.open-item')
        return { id, dates: [(await findItem(db, id))!.promised_due, promisedAt!.value] }
      }
      const before = await accept(ordinary.decisions)
      expect(before.dates).to.deep.equal(['2026-03-27', '2026-03-27T15:59:59.999+0000'])
      const after = await accept(ctx.decisions)
      expect(after.dates).to.deep.equal(['2026-03-26', '2026-03-26T15:59:59.999+0000'])
      // The case that was accepted by the old table asks for its dates once more under the new one.
      expect(await open(ctx.decisions, before.id)).to.deep.equal(before)
    } finally {
      await db.destroy()
      rmSync(dataDir, { recursive: true, force: true })
    }
  })
})

describe('materials and conditions that are changed in their tables', () => {
  it('are followed by the guide', async () => {
    const renamed = contextOf(tableDecisions('guangxi-materials', xml => xml.replaceAll('制卡人照片', '制卡人新照片')))
    const card = (await guideOf(renamed, 'guangxi')).matters.find(({ slug }) => slug === 'social-security-card')!
    expect(card.materials.map(({ name }) => name)).to.include('制卡人新照片')
    const reworded = deployed('guangxi-eligibility', xml => xml.replaceAll('补换卡请另行办理', '补卡请另行办理'))
    const told = (await guideOf(contextOf(tableDecisions(), reworded), 'guangxi')).matters.find(({ slug }) => slug === 'social-security-card')!
    expect(JSON.stringify(told.conditions)).to.contain('补卡请另行办理').and.not.contain('补换卡')
  })
})
