import type { Region } from '../../../core/region.ts'
import type { Actor } from '../../auth/actor.ts'
import { isApplicantOf } from '../../auth/visibility.ts'
import type { ServerContext } from '../../context.ts'
import { mattersOf, readContent } from '../../db/applications.ts'
import type { Application, ApplicationContent } from '../../db/applications.ts'
import { findRowsOfItems } from '../../db/item-rows.ts'
import type { ItemRow } from '../../db/item-rows.ts'
import { findItemsOfApplication, findReasons } from '../../db/items.ts'
import type { Item, ItemReason } from '../../db/items.ts'
import { maskContent } from '../forms/masked-content.ts'
import { contentOf, visibleMatters } from '../materials/visible.ts'

/** Everything a paper may say to this actor: the same bounds as the view of the application. */
export interface PaperScope {
  readonly ctx: ServerContext
  readonly region: Region
  readonly application: Application
  /** Selected matters that the actor may see, in the order of the notice. */
  readonly matters: readonly string[]
  /** Masked unless the actor is (or acts for) the applicant. */
  readonly content: ApplicationContent
  readonly isMasked: boolean
  readonly items: readonly Item[]
  readonly rows: readonly ItemRow[]
  readonly reasons: ReadonlyMap<string, readonly ItemReason[]>
}

interface Sight {
  readonly isApplicant: boolean
  readonly visible: readonly string[]
}

/** Reads what the papers of an application are made of. The guard has checked that the actor may see the application. */
export async function paperScope(ctx: ServerContext, actor: Actor, application: Application): Promise<PaperScope> {
  const visible = await visibleMatters(ctx, actor, application)
  return readScope(ctx, application, { isApplicant: isApplicantOf(actor, application), visible })
}

/** What oversight may take of a case: every matter, with the person masked. */
export function overseenScope(ctx: ServerContext, application: Application): Promise<PaperScope> {
  return readScope(ctx, application, { isApplicant: false, visible: mattersOf(application) })
}

/** All papers of a case, for the check of their codes; nothing of their text goes to whoever asks. */
export function wholeScope(ctx: ServerContext, application: Application): Promise<PaperScope> {
  return readScope(ctx, application, { isApplicant: true, visible: mattersOf(application) })
}

async function readScope(ctx: ServerContext, application: Application, { isApplicant, visible }: Sight): Promise<PaperScope> {
  const region = ctx.regions.get(application.region)
  const matters = region.matters.map(({ slug }) => slug).filter(slug => visible.includes(slug))
  const order = (item: Item): number => matters.indexOf(item.slug)
  const all = await findItemsOfApplication(ctx.db, application.id)
  const items = all.filter(item => order(item) >= 0).sort((a, b) => order(a) - order(b))
  const ids = items.map(({ id }) => id)
  const content = readContent(ctx, application)
  return {
    ctx, region, application, matters, items,
    isMasked: !isApplicant,
    content: isApplicant ? content : maskContent(contentOf(content, matters)),
    rows: [...(await findRowsOfItems(ctx.db, ids)).values()].flat(),
    reasons: await findReasons(ctx.db, ids)
  }
}

/** Name of the applicant, masked where the scope is; empty in a draft without one. */
export function applicantName({ content }: Pick<PaperScope, 'content'>): string {
  const { name } = (content.common.person ?? {}) as { name?: unknown }
  return typeof name === 'string' ? name : ''
}
