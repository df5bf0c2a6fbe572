import { expect } from 'chai'
import type { ReceivedSpan } from '../support/collector.ts'
import { until } from '../support/until.ts'
import { isCompleted, itemOf, workUntil } from './support/case.ts'
import { stack, traces } from './support/root-stack.ts'

const MATTERS = ['flexible-pension', 'social-security-card', 'flexible-medical', 'contribution']

/** Spans whose parent is not among them. */
function rootsOf(spans: readonly ReceivedSpan[]): ReceivedSpan[] {
  return spans.filter(span => !spans.some(({ spanId }) => spanId === span.parentSpanId))
}

describe('the main job @brief', () => {
  it('takes four matters of citizen-gx-1 from one submission to delivery, the declaration after its registrations', async () => {
    const applicant = await stack().as('citizen-gx-1')
    const { id, number } = await applicant.apply('guangxi', MATTERS)
    expect(number).to.match(/^450000\d{8}YJS\d{6}./)

    const application = await workUntil(applicant, id, isCompleted)

    for (const slug of MATTERS) expect(itemOf(application, slug).status, slug).to.equal('delivered')
    for (const slug of ['flexible-pension', 'social-security-card', 'flexible-medical']) {
      expect(itemOf(application, slug).receipt.number, slug).to.be.a('string').and.not.empty
    }
    const { rows } = itemOf(application, 'contribution')
    expect(rows.map((row: { insurance: string }) => row.insurance)).to.have.members(['flexible-pension', 'flexible-medical'])
    for (const row of rows) {
      expect(row.status).to.equal('approved')
      expect(row.receipt.number).to.be.a('string')
    }
  })

  it('declares each row only after the registration that it rests on', async () => {
    const applicant = await stack().as('citizen-gx-1')
    const { applications } = await applicant.get('applications')
    const { timeline } = await applicant.get(`applications/${applications[0].id}`)
    const at = (slug: string, type: RegExp) => timeline
      .filter((entry: { slug: string; type: string }) => entry.slug === slug && type.test(entry.type))
      .map((entry: { at: string }) => Date.parse(entry.at))
    const registered = Math.min(...at('flexible-pension', /approved|concluded/), ...at('flexible-medical', /approved|concluded/))
    const declared = Math.max(...at('contribution', /approved|concluded/))
    expect(declared).to.be.greaterThan(registered)
  })

  it('leaves one trace from the form to the receipts of the departments', async () => {
    const applicant = await stack().as('citizen-gx-1')
    const { applications } = await applicant.get('applications')
    const [{ id }] = applications
    const spans = await until('the trace of the case', async () => {
      const traceId = traces().spans.find(({ attributes }) => attributes.subject === id)?.traceId
      const found = traces().spans.filter(span => span.traceId === traceId)
      // Each process hands its spans over at its own pace: a child may come a second before its parent.
      return found.some(({ name }) => name === 'common.close-application') && rootsOf(found).length === 1 ? found : undefined
    })
    const above = (span: ReceivedSpan) => spans.find(({ spanId }) => spanId === span.parentSpanId)
    const way = (span: ReceivedSpan | undefined): string[] => span ? [...way(above(span)), `${span.service} ${span.name}`] : []
    expect(rootsOf(spans).map(({ name }) => name)).to.deep.equal(['submitApplication'])
    expect(spans.filter(({ name }) => name === 'request hrss').map(way)).to.deep.include([
      'server submitApplication', 'server guangxi.flexible-pension.register', 'workers guangxi.flexible-pension.register',
      'workers POST hrss', 'departments request hrss'
    ])
    expect(spans.filter(({ attributes }) => attributes.outcome === 'receipt').map(({ name }) => name)).to.include.members([
      'guangxi.flexible-pension.register', 'guangxi.flexible-medical.register', 'guangxi.contribution.declare'
    ])
    expect(spans.map(way)).to.deep.include(['server submitApplication', 'server outbox start-process'])
  })
})
