import { AppError } from '../../../core/errors.ts'
import type { Region } from '../../../core/region.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import type { ApplicationContent } from '../../db/applications.ts'
import { readProcessModel } from '../../engine/definition-cache.ts'
import type { UserTaskModel } from '../../engine/definition-cache.ts'
import { flowElements, is } from '../../lint/element.ts'
import type { Element } from '../../lint/element.ts'
import type { RegionCatalogue } from '../../regions/catalogue.ts'
import { maskContent } from '../forms/masked-content.ts'
import { formSections } from '../tasks/form-parts.ts'
import type { FormSection } from '../tasks/form-parts.ts'
import { groupLabel } from './choices.ts'
import { draftOf } from './drafts.ts'
import { readProcess } from './process-of.ts'

/**
 * What people get to see at the steps of a draft, filled in as the forms' own examples are: what the applicant fills in, and for
 * each task the sections that its desk shows, found and masked as for a real case.
 * @throws AppError NOT_FOUND, MODEL_REFUSED (422) for what is no BPMN
 */
export async function formsOf(ctx: Pick<ServerContext, 'db' | 'regions'>, actor: Actor, id: string) {
  const { region: slug, key, kind, xml } = await draftOf(ctx, actor, id)
  const region = ctx.regions.get(slug)
  const matters = region.matters.map(one => one.slug).filter(one => key === `${slug}-${one}`)
  const sample = sampleOf(ctx.regions, slug, matters)
  const { userTasks } = readProcessModel(xml)
  const elements = kind === 'process' ? (await elementsOf(xml)).filter(is('UserTask')) : []
  return {
    region: slug, matters, sample: { common: sample.common, items: sample.items },
    tasks: elements.map(element => {
      const model = userTasks.get(element.id)!
      return {
        element: element.id, name: element.name ?? element.id, kind: kindOf(model), group: groupLabel(region, model.candidateGroups ?? ''),
        decisions: model.decisions, sections: sectionsAt(ctx.regions, region, model, sample)
      }
    })
  }
}

/** What the desk shows of a case at a task; at a hand-over it shows the parcel, not the form. */
function sectionsAt(
  regions: RegionCatalogue, region: Region, { kind }: UserTaskModel, sample: ApplicationContent
): FormSection[] {
  if (kind === 'pickup') return []
  // A desk sees each matter in which it has a task, so the matter of the draft whichever group the task is given to.
  return formSections(regions, region, maskContent(sample), Object.keys(sample.items))
}

/** The example that each part of the form gives of itself. */
function sampleOf(regions: RegionCatalogue, region: string, matters: readonly string[]): ApplicationContent {
  const example = (part: string) => ((regions.form(region, part).schema.examples ?? []) as Record<string, unknown>[])[0] ?? {}
  return { common: example('common'), items: Object.fromEntries(matters.map(slug => [slug, example(slug)])), agent: null }
}

async function elementsOf(xml: string): Promise<Element[]> {
  try {
    return flowElements(await readProcess(xml))
  } catch {
    throw new AppError('MODEL_REFUSED', { detail: '文件不是可读的 BPMN 流程图，请用建模工具导出后再导入' })
  }
}

const kindOf = ({ kind }: UserTaskModel): 'review' | 'pickup' | 'other' => (kind === 'review' || kind === 'pickup' ? kind : 'other')
