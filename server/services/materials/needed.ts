import { impersonalFacts } from '../../../core/facts.ts'
import type { ServerContext } from '../../context.ts'
import { mattersOf } from '../../db/applications.ts'
import type { Application, ApplicationContent } from '../../db/applications.ts'
import { factsOfForm } from '../policy/form-facts.ts'
import { requiredMaterials } from '../policy/required-materials.ts'
import type { RequiredMaterial } from '../policy/required-materials.ts'
import { situationOf } from '../policy/situation.ts'

/** The materials that the rules ask of an application: what its form says decides, the rest is told with its condition. */
export function materialsNeeded(
  ctx: Pick<ServerContext, 'clock' | 'decisions' | 'regions'>, application: Application, content: ApplicationContent,
  matters: readonly string[] = mattersOf(application)
): Promise<RequiredMaterial[]> {
  const region = ctx.regions.get(application.region)
  const today = application.accepted_on ?? ctx.clock.today()
  return requiredMaterials(ctx, region, {
    channel: application.channel, matters,
    facts: impersonalFacts(factsOfForm(content), today, region),
    situation: situationOf(ctx.regions.situation(region.slug), content)
  })
}
