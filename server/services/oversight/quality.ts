import type { Region } from '../../../core/region.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { reasonsAsked } from '../../db/corrections.ts'
import { groupBy } from '../../db/group-by.ts'
import { countDecidedGroups, countRatedGroups, countRejections, findCorrectionAsks } from '../../db/quality-queries.ts'
import type { DecidedGroup, RatedGroup } from '../../db/quality-queries.ts'
import type { Cut } from '../../db/sla-queries.ts'
import { departmentName, divisionName, matterTitle } from '../../regions/titles.ts'
import { channelTitle } from './channels.ts'
import { effectsOf } from './effects.ts'
import { share } from './share.ts'
import { overseen } from './sla-days.ts'

export const axes = ['region', 'city', 'division', 'department', 'slug', 'channel'] as const
export type Axis = (typeof axes)[number]

const WINDOW_DAYS = 30
const DAY = 86_400_000
const MOST = 10_000
/** From this level on a rating is bad. */
const BAD = 4

type Told = Pick<DecidedGroup, 'department' | 'slug' | 'division' | 'channel'>

/**
 * How well the work of the last days was done, along one axis: 按时办结率, 即办率, 一次办结率, time used, 好差评; why people had to
 * correct and why they were refused; and what the notice promised to save with what was really used.
 */
export async function slaQuality(ctx: ServerContext, actor: Actor, { by = 'department', ...cut }: Cut & { readonly by?: Axis }) {
  const { region, remit } = overseen(ctx, actor)
  const scope = { remit, cut }
  const since = ctx.clock.now() - WINDOW_DAYS * DAY
  const [decided, rated, asks, rejections, effects] = await Promise.all([
    countDecidedGroups(ctx.db, scope, since), countRatedGroups(ctx.db, scope, since),
    findCorrectionAsks(ctx.db, scope, since, MOST), countRejections(ctx.db, scope, since), effectsOf(ctx, region, scope, since)
  ])
  const keyOf = (one: Told): string => keyAlong(by, region, one)
  const keys = [...new Set([...decided.map(keyOf), ...rated.map(keyOf)])].sort()
  const slice = (key: string) => sliceOf(ctx, decided.filter(one => keyOf(one) === key), rated.filter(one => keyOf(one) === key))
  return {
    windowDays: WINDOW_DAYS, by,
    total: sliceOf(ctx, decided, rated),
    slices: keys.map(key => ({ key, title: titleAlong(by, region, key), ...slice(key) })),
    corrections: countReasons(region, asks.flatMap(reasonsAsked)),
    rejections: rejections.map(({ code, message, count }) => ({ code, text: textOf(region, code) ?? message ?? '其他理由', count }))
      .sort(mostFirst),
    ratings: [...groupBy(rated, ({ level }) => level)].map(([level, rows]) => ({ level, count: sum(rows, ({ count }) => count) }))
      .sort((one, other) => one.level - other.level),
    effects
  }
}

function sliceOf({ calendar }: Pick<ServerContext, 'calendar'>, groups: readonly DecidedGroup[], rated: readonly RatedGroup[]) {
  const total = (field: Exclude<keyof DecidedGroup, keyof Told | 'acceptedOn' | 'decidedOn'>) => sum(groups, one => one[field])
  const decided = total('decided')
  const ratings = sum(rated, ({ count }) => count)
  const used = sum(groups, one => calendar.workingDaysBetween(one.acceptedOn, one.decidedOn) * one.decided)
  return {
    decided, approved: total('approved'), rejected: total('rejected'), withdrawn: total('withdrawn'),
    onTimeRate: share(total('onTime'), decided), immediateRate: share(total('immediate'), decided),
    atOnceRate: share(total('atOnce'), decided),
    meanWorkingDays: share(used, decided),
    ratings, badRatingRate: share(sum(rated.filter(({ level }) => level >= BAD), ({ count }) => count), ratings)
  }
}

function keyAlong(by: Axis, region: Region, one: Told): string {
  if (by === 'region') return region.slug
  // A city's own code ends in two zeros.
  return by === 'city' ? `${(one.division ?? '').slice(0, 4)}00` : one[by] ?? ''
}

function titleAlong(by: Axis, region: Region, key: string): string {
  if (by === 'region') return region.name
  if (by === 'department') return departmentName(region, key)
  if (by === 'slug') return matterTitle(region, key)
  return by === 'channel' ? channelTitle(key) : divisionName(region, key)
}

function countReasons(region: Region, codes: readonly string[]) {
  return [...groupBy(codes, code => code)]
    .map(([code, all]) => ({ code, text: textOf(region, code) ?? code, count: all.length })).sort(mostFirst)
}

const textOf = (region: Region, code: string): string | undefined => region.reasonCodes.find(reason => reason.code === code)?.text

const mostFirst = (one: { count: number; code: string }, other: { count: number; code: string }): number =>
  other.count - one.count || (one.code < other.code ? -1 : 1)

const sum = <T>(rows: readonly T[], of: (row: T) => number): number => rows.reduce((result, row) => result + of(row), 0)
