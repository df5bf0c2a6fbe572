import { expect } from 'chai'
import { readdirSync, readFileSync } from 'node:fs'
import type { RawFacts } from '../../core/facts.ts'
import { checkForm, normaliseContent } from '../../server/services/forms/form-check.ts'
import { judge, MATTERS } from '../policy/oracle.ts'
import { exampleContent, formContext, merge } from './support.ts'

interface Fixture {
  name: string
  clause: string
  today: string
  input: { channel: 'online' | 'window' | 'platform'; matters?: string[]; facts?: RawFacts; common?: object; item?: object; agent?: object }
  expect: { status?: 'eligible' | 'ineligible' | 'unknown'; form?: { path: string; code: string }[]; submission?: object[]; steps?: Record<string, object> }
}

const root = new URL('../../regions/', import.meta.url)
const list = (path: string) => readdirSync(new URL(path, root))

for (const region of list('.')) {
  describe(`fixtures of ${region}: forms`, () => {
    for (const slug of list(`${region}/fixtures`)) {
      for (const file of list(`${region}/fixtures/${slug}`)) {
        const fixture = JSON.parse(readFileSync(new URL(`${region}/fixtures/${slug}/${file}`, root), 'utf8')) as Fixture

        it(`${slug}/${file}: ${fixture.name}`, () => {
          expect(file).to.match(/^(ok|refused)-[a-z0-9-]+\.json$/)
          expect(fixture.clause).to.match(/附件|通知/)
          const { form, submission, status, steps = {} } = fixture.expect
          const isRefusedByDepartment = Object.values(steps).some(answer => Object.values(answer).includes('refused'))
          expect(file.startsWith('ok-')).to.equal(status !== 'ineligible' && !form?.length && !submission?.length && !isRefusedByDepartment)
          if (form) expect(problemsOf(region, slug, fixture)).to.deep.equal(form)
          if (status && region === 'guangxi') expect(statusOf(slug, fixture)).to.equal(status)
        })
      }
    }
  })
}

function problemsOf(region: string, slug: string, { input, today }: Fixture): { path: string; code: string }[] {
  const matters = [...(input.matters ?? []), slug]
  const content = exampleContent(matters, region)
  const filled = normaliseContent({
    common: merge(content.common, input.common ?? {}),
    items: { ...content.items, [slug]: merge(content.items[slug], input.item ?? {}) },
    agent: input.agent ?? null
  })
  return checkForm(formContext, region, filled, matters, { channel: input.channel, today })
    .map(({ path, code }) => ({ path, code }))
}

// By the text of the notice; test/policy holds the decision tables against the same oracle.
function statusOf(slug: string, { input, today }: Fixture): string {
  const alsoRegisters = Boolean(input.matters?.length)
  const matter = MATTERS.find(known => known === slug)!
  return judge(matter, { facts: input.facts ?? {}, channel: input.channel, today, alsoRegisters }).status
}
