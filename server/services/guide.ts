import type { MatterEntry, Region } from '../../core/region.ts'
import type { ServerContext } from '../context.ts'
import { formsRoot, noticesOf } from './forms/form-bundle.ts'
import { readClauses } from './guide/clauses.ts'
import { conditionsOf, deployedRules } from './guide/conditions.ts'
import { CHANNELS, guideMaterials } from './guide/materials.ts'
import type { GuideMaterial } from './guide/materials.ts'
import { pointsOf, sentenceOf } from './guide/page-sections.ts'
import { deadlineOf } from './policy/deadlines.ts'
import { conflictsAmong } from './policy/exclusivity.ts'

type Context = Pick<ServerContext, 'regions' | 'decisions' | 'clock' | 'engine'> & { readonly config: Pick<ServerContext['config'], 'regionsDir'> }

/**
 * The 办事指南 of a region as data. Conditions, materials, deadlines and exclusions are those of the deployed tables, the
 * 须知 those of the form, the rest stands on the guide's pages; the departments' own telephone list (附件4) is not public.
 * Throws AppError REGION_UNKNOWN (404), DECISION_FAILED (502), RetryableError ENGINE_UNAVAILABLE.
 */
export async function guideOf(ctx: Context, slug: string) {
  const region = ctx.regions.get(slug)
  const pages = ctx.regions.guide(slug)
  const overview = pages.find(page => page.slug === 'README')?.markdown ?? ''
  const sources = {
    pages: new Map(pages.map(page => [page.slug, page.markdown])),
    clauses: readClauses(formsRoot(ctx.config), slug).clauses,
    rules: await deployedRules(ctx.engine, `${slug}-eligibility`),
    materials: await guideMaterials(ctx, region)
  }
  const matters = []
  for (const matter of region.matters) matters.push(await matterGuide(ctx, region, matter, sources))
  const { code, name, platform, overallPromisedWorkingDays, statutoryTotalWorkingDays } = region
  return {
    region: { slug, code, name, platform },
    overallPromisedWorkingDays,
    promise: overallPromisedWorkingDays === 0 ? '全部事项即时办结' : `整体承诺${overallPromisedWorkingDays}个工作日办结`,
    statutoryTotalWorkingDays,
    noMaterials: region.hasMaterials === false ? '无需提交材料。' : '除通用材料外，无需额外提供材料。',
    departments: region.departments.map(department => ({ slug: department.slug, name: department.name })),
    insurances: region.insurances.map(insurance => ({ slug: insurance.slug, title: insurance.title })),
    conditions: conditionsOf('*', sources.clauses, sources.rules),
    exclusions: await conflictsAmong(ctx, region, region.matters.map(matter => matter.slug)),
    materials: materialsOf('*', sources.materials),
    procedure: { processId: `${slug}-enrolment`, steps: pointsOf(overview, '办理方式') },
    result: sentenceOf(overview, '结果反馈'),
    contact: contactOf(overview),
    hotline: region.hotline ?? null,
    matters,
    pages
  }
}

interface Sources {
  readonly pages: ReadonlyMap<string, string>
  readonly clauses: Parameters<typeof conditionsOf>[1]
  readonly rules: Parameters<typeof conditionsOf>[2]
  readonly materials: readonly GuideMaterial[]
}

async function matterGuide(ctx: Context, region: Region, matter: MatterEntry, { pages, clauses, rules, materials }: Sources) {
  const page = pages.get(matter.slug) ?? ''
  return {
    ...matter,
    legalBasis: pointsOf(page, '实施依据'),
    conditions: conditionsOf(matter.slug, clauses, rules),
    materials: materialsOf(matter.slug, materials),
    deadlines: await deadlinesOf(ctx, region, matter.slug),
    procedure: { processId: `${region.slug}-${matter.slug}`, steps: pointsOf(page, '办理流程') },
    notices: noticesOf(ctx.regions.form(region.slug, matter.slug)),
    result: sentenceOf(page, '办理结果'),
    contact: contactOf(page)
  }
}

async function deadlinesOf(ctx: Context, region: Region, matter: string) {
  const deadlines = []
  for (const channel of CHANNELS) {
    const { slug: _slug, ...deadline } = await deadlineOf(ctx, region, channel, matter)
    deadlines.push({ channel, ...deadline })
  }
  return deadlines
}

function materialsOf(matter: string, materials: readonly GuideMaterial[]) {
  return materials.filter(material => material.matter === matter).map(({ matter: _matter, ...material }) => material)
}

/** Telephone and hours of the windows differ from place to place, so one sentence tells where they are published. */
function contactOf(page: string) {
  const published = sentenceOf(page, '窗口电话和工作时间')
  return { telephone: published, hours: published }
}
