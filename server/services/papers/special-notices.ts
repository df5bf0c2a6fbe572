import type { Region } from '../../../core/region.ts'
import { chineseDate } from '../../documents/papers/chinese.ts'
import type { Block } from '../../documents/papers/paper.ts'
import { readChain } from '../../db/audit.ts'
import { departmentName, matterTitle } from '../../regions/titles.ts'
import type { Notice } from './notice.ts'
import type { PaperScope } from './paper-scope.ts'

/** 特别程序告知书: that the clock of an item stands still, of which kind, and why. */
export async function specialNotices({ ctx, region, application, items }: PaperScope): Promise<Notice[]> {
  const started = (await readChain(ctx.db, application.id)).filter(({ type }) => type === 'special-started')
  return started.flatMap((event): Notice[] => {
    const item = items.find(({ id }) => id === event.item_id)
    if (!item) return []
    const { label, clause, startedOn } = JSON.parse(event.data) as { label: string; clause: string; startedOn: string }
    const reason = event.text_enc === null ? '' : ctx.crypto.decrypt('audit_event', 'text_enc', event.id, event.text_enc)
    return [{
      id: `special-${event.id}`, kind: 'special', title: '特别程序告知书', slug: item.slug, issuedAt: event.at,
      issuer: departmentName(region, item.department),
      blocks: () => specialText(region, item.slug, { label, clause, startedOn, reason })
    }]
  })
}

export interface AskedStop {
  readonly label: string
  readonly clause: string
  /** First day that does not count. */
  readonly startedOn: string
  readonly reason: string
}

/** The words of a 特别程序告知书, for one that was issued and for one that is still being written. */
export function specialText(region: Region, slug: string, { label, clause, startedOn, reason }: AskedStop): Block[] {
  const text = `您申请办理的“${matterTitle(region, slug)}”需要进行${label}。自${chineseDate(startedOn)}起，所需时间不计入办理期限，`
    + '结束后继续计算；其他事项继续办理，不受影响。'
  return [{ kind: 'text', text }, { kind: 'text', text: `原因：${reason}` }, { kind: 'text', text: `依据：${clause}` }]
}
