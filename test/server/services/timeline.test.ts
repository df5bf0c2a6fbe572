import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import type { AuditRow } from '../../../server/db/audit-event.ts'
import { createRegionCatalogue } from '../../../server/regions/catalogue.ts'
import { timelineOf } from '../../../server/services/timeline.ts'

const region = createRegionCatalogue().get('guangxi')
const subjects = { items: [{ id: 'i1', slug: 'flexible-pension' }], rows: [{ id: 'r1', insurance: 'flexible-medical' }] }

function event(type: string, more: Partial<AuditRow> = {}): AuditRow {
  return {
    id: 'e', chain: 'a', seq: 1, at: Date.parse('2026-03-24T02:00:00Z'), type, actor_role: 'system', actor_id: 'worker', item_id: null,
    data: '{}', text_enc: null, prev_hash: '', hash: '', ...more
  }
}

describe('services/timeline', () => {
  it('words an event with the title of its item and its instant in Shanghai', () => {
    const [entry] = timelineOf(region, [event('item-approved', { item_id: 'i1', actor_role: 'clerk' })], subjects)
    expect(entry).to.deep.equal({
      at: '2026-03-24T10:00:00.000+08:00', type: 'item-approved', slug: 'flexible-pension', actor: 'clerk', text: '“灵活就业人员养老保险登记”审核通过'
    })
  })

  it('names the insurance where a row of a declaration is meant', () => {
    const [entry] = timelineOf(region, [event('row-declined', { item_id: 'i1', data: '{"insurance":"flexible-medical"}' })], subjects)
    expect(entry?.text).to.contain('“灵活就业人员基本医疗保险费申报”')
    const step = event('department-step', { data: '{"rowId":"r1","department":"tax","receiptNumber":"SW1"}', actor_role: 'department' })
    expect(timelineOf(region, [step], subjects)[0]?.text).to.equal('“灵活就业人员基本医疗保险费申报”：税务部门已办理，回执号 SW1')
    expect(timelineOf(region, [event('department-step', { data: '{"receiptNumber":null}' })], subjects)).to.deep.equal([])
  })

  it('refuses in the word of the region', () => {
    for (const [slug, word] of [['guangxi', '不予核定'], ['ningxia', '不予办理']] as const) {
      const [entry] = timelineOf(createRegionCatalogue().get(slug), [event('item-rejected', { item_id: 'i1' })], subjects)
      expect(entry?.text).to.contain(word)
    }
  })

  it('shows no internal event and nothing of who it was', () => {
    expect(timelineOf(region, [event('sla-milestone'), event('refusal-ignored')], subjects)).to.deep.equal([])
    expect(JSON.stringify(timelineOf(region, [event('item-opened', { actor_id: 'hrss-gx' })], subjects))).not.to.contain('hrss-gx')
  })

  it('has words for every event of the steps that an applicant should see', () => {
    const folder = 'server/services/steps'
    const types = readdirSync(folder).flatMap(name =>
      [...readFileSync(`${folder}/${name}`, 'utf8').matchAll(/audit\('([a-z-]+)'/g)].map(match => match[1]!))
    const internal = new Set(['refusal-ignored', 'results-collected'])
    const silent = types.filter(type => !internal.has(type) && timelineOf(region, [event(type)], subjects).length === 0)
    expect(silent).to.deep.equal([])
  })
})
