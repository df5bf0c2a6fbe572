import { Ajv } from 'ajv'
import type { ValidateFunction } from 'ajv'
import formatsPlugin from 'ajv-formats'
import type { ServerContext } from '../../context.ts'
import { matterOf } from '../../regions/catalogue.ts'
import { bundle, formsRoot } from './form-bundle.ts'
import type { FormBundle, FormPart } from './form-bundle.ts'
import { addKeywords } from './form-check-keywords.ts'
import type { CheckContext } from './form-check-keywords.ts'
import { toProblems } from './form-check-messages.ts'
import type { Problem } from './form-check-messages.ts'

export { normaliseContent } from './form-check-normalise.ts'
export type { Problem } from './form-check-messages.ts'

export interface FormContent {
  readonly common?: unknown
  readonly items?: unknown
  readonly agent?: unknown
}

export interface FormCheckOptions {
  /** Channel of the application; what only a window may do is asked only when it is given. */
  readonly channel?: string
  /** Business date; the clock's when left out. */
  readonly today?: string
}

/** The part of ServerContext that is needed. */
export interface FormCheckDeps {
  readonly config: Pick<ServerContext['config'], 'regionsDir'>
  readonly regions: Pick<ServerContext['regions'], 'get'>
  readonly clock: Pick<ServerContext['clock'], 'today'>
}

interface Validators {
  readonly common: ValidateFunction
  readonly agent: ValidateFunction
  readonly matters: Readonly<Record<string, ValidateFunction>>
}

const MAX_PROBLEMS = 200
const compiled = new WeakMap<FormBundle, Validators>()

/**
 * Holds the content of an application against its region's schemas: every missing, surplus or wrong field as a
 * problem in plain Chinese, empty when all is well. Expects content that went through `normaliseContent`.
 * `matters` are the selected slugs; each needs its section under `items`, and no other section may be there.
 * Throws AppError REGION_UNKNOWN or MATTER_UNKNOWN.
 */
export function checkForm(
  ctx: FormCheckDeps, regionSlug: string, content: FormContent, matters: readonly string[], options: FormCheckOptions = {}
): Problem[] {
  const region = ctx.regions.get(regionSlug)
  for (const slug of matters) matterOf(region, slug)
  const forms = bundle(regionSlug, formsRoot(ctx.config))
  const validators = validatorsOf(forms)
  const context: CheckContext = {
    matters,
    titleOf: slug => matterOf(region, slug).title,
    today: options.today ?? ctx.clock.today(),
    channel: options.channel,
    province: region.code.slice(0, 2),
    divisions: new Set(region.divisions.map(({ code }) => code))
  }
  const check = (validate: ValidateFunction, part: FormPart, value: unknown, base: string): Problem[] =>
    validate.call(context, value) ? [] : toProblems(validate.errors ?? [], part.schema, base)
  const items = isObject(content.items) ? content.items : {}
  return [
    ...check(validators.common, forms.common, content.common ?? {}, '/common'),
    ...matters.flatMap(slug => Object.hasOwn(items, slug)
      ? check(validators.matters[slug]!, forms.matters[slug]!, items[slug], `/items/${slug}`)
      : [{ path: `/items/${slug}`, code: 'SECTION_MISSING', message: `请填写《${matterOf(region, slug).title}》部分` }]),
    ...surplusSections(items, matters),
    ...(isAbsent(content.agent) ? [] : check(validators.agent, forms.agent, content.agent, '/agent')),
    ...agentProblems(content)
  ].slice(0, MAX_PROBLEMS)
}

function surplusSections(items: Readonly<Record<string, unknown>>, matters: readonly string[]): Problem[] {
  return Object.keys(items).filter(slug => !matters.includes(slug)).map(slug => ({
    path: `/items/${slug.slice(0, 60).replaceAll('~', '~0').replaceAll('/', '~1')}`,
    code: 'SECTION_UNEXPECTED',
    message: '填写了未选办的事项，请选办该事项或删除这一部分'
  }))
}

function agentProblems({ common, agent }: FormContent): Problem[] {
  const person = isObject(common) && isObject(common.person) ? common.person : {}
  if (!isObject(agent) || agent.idNumber === undefined || agent.idNumber !== person.idNumber) return []
  return [{ path: '/agent/idNumber', code: 'AGENT_IS_APPLICANT', message: '代办人不能是申请人本人；本人办理的无需填写代办人' }]
}

// Compiled once for each bundle, and a bundle is read once for each region.
function validatorsOf(forms: FormBundle): Validators {
  const known = compiled.get(forms)
  if (known) return known
  const ajv = addKeywords(new Ajv({ allErrors: true, verbose: true, passContext: true, strictTypes: false }))
  formatsPlugin.default(ajv, ['date', 'email'])
  const made: Validators = {
    common: ajv.compile(forms.common.schema),
    agent: ajv.compile(forms.agent.schema),
    matters: Object.fromEntries(Object.entries(forms.matters).map(([slug, part]) => [slug, ajv.compile(part.schema)]))
  }
  compiled.set(forms, made)
  return made
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const isAbsent = (value: unknown) => value === undefined || value === null
