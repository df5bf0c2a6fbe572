import { formatInstant } from '../../../core/dates.ts'
import type { Actor } from '../../auth/actor.ts'
import type { ServerContext } from '../../context.ts'
import { listReleases } from '../../db/model-drafts.ts'
import type { ModelRelease } from '../../db/model-drafts.ts'
import type { Change } from './diff.ts'
import { inForce } from './drafts.ts'

/** What was released in the designer's region, the latest first. */
export async function releasesFor(ctx: ServerContext, actor: Actor) {
  return { releases: (await listReleases(ctx.db, actor.region ?? '')).map(releaseView) }
}

/** Versions of a model as the engine has them, each with its release where one is known. */
export async function versionsOf(ctx: ServerContext, actor: Actor, key: string) {
  const { kind } = await inForce(ctx, actor, key)
  const releases = new Map((await listReleases(ctx.db, actor.region ?? '')).filter(one => one.key === key).map(one => [one.to_version, one]))
  const versions = await ctx.engine.definitionVersions(kind, key)
  const releaseOf = (version: number) => (releases.has(version) ? releaseView(releases.get(version)!) : null)
  return { kind, versions: versions.map(({ version }) => ({ version, release: releaseOf(version) })) }
}

/** A release as the contract shows it. */
export function releaseView(release: ModelRelease) {
  return {
    id: release.id, draftId: release.draft_id, key: release.key, fromVersion: release.from_version, toVersion: release.to_version,
    deploymentId: release.deployment_id, reason: release.reason, changes: JSON.parse(release.diff) as Change[],
    sha256: release.sha256,
    submittedBy: release.submitted_by, releasedBy: release.released_by, releasedAt: formatInstant(release.released_at)
  }
}
