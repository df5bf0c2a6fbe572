import { chineseDate } from '../../documents/papers/chinese.ts'
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
    const text = `您申请办理的“${matterTitle(region, item.slug)}”需要进行${label}。自${chineseDate(startedOn)}起，所需时间不计入办理期限，`
      + '结束后继续计算；其他事项继续办理，不受影响。'
    return [{
      id: `special-${event.id}`, kind: 'special', title: '特别程序告知书', slug: item.slug, issuedAt: event.at,
      issuer: departmentName(region, item.department),
      blocks: () => [{ kind: 'text', text }, { kind: 'text', text: `原因：${reason}` }, { kind: 'text', text: `依据：${clause}` }]
    }]
  })
}
