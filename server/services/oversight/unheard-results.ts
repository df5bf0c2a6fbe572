import type { Region } from '../../../core/region.ts'
import type { ServerContext } from '../../context.ts'
import { withinRemit } from '../../db/audit-queries.ts'
import { findStuckOutbox } from '../../db/outbox.ts'
import type { Remit } from '../../db/remit.ts'
import { matterTitle } from '../../regions/titles.ts'
import { findSubjects } from '../subjects.ts'

/** Results that a platform has not taken for a dozen times; they go on being sent, and somebody has to talk to the platform. */
export async function unheardResults({ db }: Pick<ServerContext, 'db'>, region: Region, remit: Remit) {
  const stuck = (await findStuckOutbox(db)).filter(({ kind }) => kind === 'push-result')
  const subjects = await findSubjects(db, stuck.map(({ aggregate_id }) => aggregate_id))
  const seen = await withinRemit(db, remit, [...new Set([...subjects.values()].map(({ application }) => application.id))])
  return stuck.flatMap(({ aggregate_id, attempts }) => {
    const { application, item } = subjects.get(aggregate_id) ?? {}
    if (!application || !item || !seen.has(application.id)) return []
    const text = `${application.number}“${matterTitle(region, item.slug)}”的结果已发送 ${attempts} 次，${region.platform}没有确认收到。`
      + '系统会继续发送，不会重复；请与平台核实。'
    return [{ applicationId: application.id, number: application.number, itemId: item.id, department: 'platform', attempts, lastAttemptAt: null, text }]
  })
}
