import type { Region } from '../../../core/region.ts'
import { formatInstant } from '../../../core/dates.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { tallyDecided } from '../../db/decided-tally.ts'
import { countStruggles } from '../../db/department-calls.ts'
import { groupBy } from '../../db/group-by.ts'
import type { DecidedCount } from '../../db/oversight-queries.ts'
import type { OpenCount } from '../../db/open-item-counts.ts'
import { tallyOpenItems } from '../../db/open-item-tally.ts'
import { listOpenItems, slaColours } from '../../db/sla-queries.ts'
import type { SlaColour } from '../../db/sla-queries.ts'
import { departmentName, divisionName, matterTitle, systemName } from '../../regions/titles.ts'
import { channelTitle } from './channels.ts'
import { share } from './share.ts'
import { WINDOW_DAYS, decidedWindow, overseen } from './sla-days.ts'
import { openItemView } from './sla-items.ts'

/** Open items by colour; `overdue` is past the promise, `red` past the statutory limit (or what stands for it). */
export interface ColourCounts {
  readonly open: number
  readonly onTrack: number
  readonly atRisk: number
  readonly overdue: number
  readonly red: number
  readonly stopped: number
}

export interface Slice extends ColourCounts {
  readonly key: string
  readonly title: string
}

/** The board of a supervisor: what is open by colour and every cut, and what was decided. */
export async function slaSummary(ctx: ServerContext, actor: Actor) {
  const { region, remit, days } = overseen(ctx, actor)
  const [counts, decided, [oldest], struggles] = await Promise.all([
    tallyOpenItems(ctx.db, remit, days),
    tallyDecided(ctx.db, remit, decidedWindow(ctx)),
    listOpenItems(ctx.db, remit, days, {}, { after: null, limit: 1 }),
    countStruggles(ctx.db, remit)
  ])
  return {
    asOf: formatInstant(ctx.clock.now()),
    region: region.slug,
    division: remit.divisionPrefix,
    names: {
      departments: region.departments.map(({ slug, name }) => ({ key: slug, title: name })),
      matters: region.matters.map(({ slug, title }) => ({ key: slug, title })),
      divisions: region.divisions.filter(({ code }) => code.startsWith(remit.divisionPrefix))
        .map(({ code, name }) => ({ key: code, title: name }))
    },
    totals: sum(counts),
    byDepartment: slices(counts, ({ department }) => department, key => departmentName(region, key)),
    byMatter: slices(counts, ({ slug }) => slug, key => matterTitle(region, key)),
    byDivision: slices(counts, ({ division }) => division ?? '', key => divisionName(region, key)),
    byChannel: slices(counts, ({ channel }) => channel ?? '', channelTitle),
    retrying: struggles.map(({ department, items, since }) => (
      { department, title: systemName(region, department), items, since: formatInstant(since) })),
    mostUrgent: oldest ? openItemView(ctx, region, oldest) : null,
    decided: decidedView(region, decided)
  }
}

const FIELDS: Readonly<Record<SlaColour, keyof ColourCounts>> = {
  green: 'onTrack', warn: 'atRisk', yellow: 'overdue', red: 'red', stopped: 'stopped'
}

function sum(counts: readonly OpenCount[]): ColourCounts {
  const total = { open: 0, onTrack: 0, atRisk: 0, overdue: 0, red: 0, stopped: 0 }
  for (const count of counts) {
    for (const colour of slaColours) {
      total.open += count[colour]
      total[FIELDS[colour]] += count[colour]
    }
  }
  return total
}

function slices(counts: readonly OpenCount[], keyOf: (count: OpenCount) => string, titleOf: (key: string) => string): Slice[] {
  return [...groupBy(counts, keyOf)].sort(([one], [other]) => one < other ? -1 : 1)
    .map(([key, own]) => ({ key, title: titleOf(key), ...sum(own) }))
}

/** 按时办结率, 即办率, 一次办结率 by matter and for all; a rate of nothing is null. */
function decidedView(region: Region, counts: readonly DecidedCount[]) {
  const byMatter = region.matters
    .map(({ slug, title }) => ({ key: slug, title, ...rates(counts.filter(count => count.slug === slug)) }))
  return { windowDays: WINDOW_DAYS, ...rates(counts), byMatter: byMatter.filter(({ decided }) => decided > 0) }
}

function rates(counts: readonly DecidedCount[]) {
  const total = (field: 'decided' | 'onTime' | 'immediate' | 'atOnce' | 'approved' | 'rejected' | 'withdrawn'): number =>
    counts.reduce((result, count) => result + count[field], 0)
  const decided = total('decided')
  return {
    decided, approved: total('approved'), rejected: total('rejected'), withdrawn: total('withdrawn'),
    onTimeRate: share(total('onTime'), decided), immediateRate: share(total('immediate'), decided),
    atOnceRate: share(total('atOnce'), decided)
  }
}
