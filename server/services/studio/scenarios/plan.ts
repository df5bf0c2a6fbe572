import { randomUUID } from 'node:crypto'
import type { Region } from '../../../../core/region.ts'
import type { ServerContext } from '../../../context.ts'
import { startVariables } from '../../../engine/start-variables.ts'
import type { RegionFixture } from '../../../regions/fixtures.ts'
import { conflictsAmong } from '../../policy/exclusivity.ts'
import type { Answer, Outcome, Scenario } from './scenario.ts'
import { pointOf } from './scenario.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The cases of a matter's fixtures that reach its process: what the form refuses never comes so far. */
export function fixtureScenarios(region: Region, fixtures: readonly RegionFixture[]): Scenario[] {
  return fixtures.filter(({ expect: { form = [], submission = [] } }) => form.length + submission.length === 0).map(fixture => ({
    id: `${fixture.slug}/${fixture.file}`, kind: 'fixture', name: fixture.name, clause: fixture.clause,
    ...startOf(region, fixture.slug, fixture.channel), choices: choicesOf(region, fixture), expected: expectedOf(fixture)
  }))
}

/** The usual way of a matter: the others are found from it. */
export function usualScenario(region: Region, slug: string): Scenario {
  return { id: 'path-1', kind: 'path', name: '常规办理', clause: null, ...startOf(region, slug, 'online'), choices: {}, expected: null }
}

/** Every legal selection that has the matter in it (all, without one), and each pair that the notice excludes. */
export async function selectionScenarios(ctx: ServerContext, region: Region, slug?: string): Promise<Scenario[]> {
  const slugs = region.matters.map(matter => matter.slug)
  const pairs = slugs.flatMap((one, index) => slugs.slice(index + 1).map(other => [one, other]))
  const excluded: string[][] = []
  for (const pair of pairs) if ((await conflictsAmong(ctx, region, pair)).length > 0) excluded.push(pair)
  const isLegal = (selected: readonly string[]): boolean => !excluded.some(pair => pair.every(one => selected.includes(one)))
  const legal = subsets(slugs).filter(selected => selected.length > 0 && isLegal(selected) && (!slug || selected.includes(slug)))
  return [
    ...legal.map(selected => selectionOf(region, selected, 'completed')),
    ...(slug ? [] : excluded.map(pair => selectionOf(region, pair, 'not-accepted')))
  ]
}

function subsets(slugs: readonly string[]): string[][] {
  return Array.from({ length: 2 ** slugs.length }, (_, bits) => slugs.filter((_slug, index) => bits & (1 << index)))
}

function selectionOf(region: Region, selected: readonly string[], expected: Outcome): Scenario {
  const declares = region.matters.some(({ slug, hasRows }) => hasRows && selected.includes(slug))
  const own = region.insurances.filter(({ slug }) => selected.includes(slug))
  const rows = declares ? (own.length > 0 ? own : region.insurances.slice(0, 1)) : []
  const application = { id: randomUUID(), channel: 'online' as const, division: region.homeDivision }
  const items = selected.map(slug => ({ id: randomUUID(), slug }))
  return {
    id: `selection-${selected.join('+')}`, kind: 'selection', clause: null, choices: {}, expected,
    name: region.matters.filter(({ slug }) => selected.includes(slug)).map(({ title }) => title).join('、'),
    key: `${region.slug}-enrolment`, businessKey: application.id,
    variables: startVariables(region, application, items, rows.map(({ slug }) => ({ id: randomUUID(), insurance: slug })))
  }
}

/** The same case under ids of its own. */
export function again(scenario: Scenario): Scenario {
  const fresh = new Map<string, string>()
  const renew = <T>(value: T): T => {
    if (typeof value !== 'string' || !UUID.test(value)) return value
    if (!fresh.has(value)) fresh.set(value, randomUUID())
    return fresh.get(value) as T
  }
  const variables = Object.fromEntries(Object.entries(scenario.variables).map(([name, value]) => [name, renew(value)]))
  return { ...scenario, businessKey: renew(scenario.businessKey), variables }
}

function startOf(region: Region, slug: string, channel: string): Pick<Scenario, 'key' | 'businessKey' | 'variables'> {
  const itemId = randomUUID()
  const variables = { applicationId: randomUUID(), itemId, region: region.slug, division: region.homeDivision, channel }
  return { key: `${region.slug}-${slug}`, businessKey: itemId, variables }
}

function expectedOf({ expect: { outcome }, file }: RegionFixture): Outcome | null {
  return outcome ?? (file.startsWith('ok-') ? 'approved' : null)
}

/** What the steps of a fixture answer: as it says itself, else doubt wherever it says that a person decides. */
function choicesOf(region: Region, { slug, expect, changesNameOrIdNumber }: RegionFixture): Record<string, Answer> {
  const { steps = {}, outcome, status } = expect
  const topic = (step: string): string => `${region.slug}.${slug}.${step}`
  const isByClerk = outcome?.endsWith('by-clerk') === true
  const isDoubtful = isByClerk || (status !== undefined && status !== 'eligible')
  const said = Object.entries(steps).flatMap(([step, { reasons: _, ...answers }]) =>
    Object.entries(answers as Record<string, Answer>)
      .map(([variable, value]) => [pointOf(topic(step), variable), value] as const))
  return {
    ...(isDoubtful ? { [pointOf(topic('verify'), 'verification')]: 'doubtful', [pointOf(topic('check-photo'), 'photo')]: 'doubtful' } : {}),
    ...(changesNameOrIdNumber ? { [pointOf(topic('verify'), 'changesNameOrIdNumber')]: true } : {}),
    // A person who was asked although the registers agree was asked for a paper.
    ...(isByClerk ? { [pointOf('common.open-item', 'materialsState')]: 'original-pending' } : {}),
    ...Object.fromEntries(said)
  }
}
