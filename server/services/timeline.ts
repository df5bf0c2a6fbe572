import { formatInstant } from '../../core/dates.ts'
import type { Region } from '../../core/region.ts'
import type { AuditRow } from '../db/audit-event.ts'
import type { ItemRow } from '../db/item-rows.ts'
import type { Item } from '../db/items.ts'
import { matterTitle } from '../regions/titles.ts'

export interface TimelineEntry {
  readonly at: string
  readonly type: string
  readonly slug: string | null
  readonly actor: 'applicant' | 'clerk' | 'system' | 'department'
  readonly text: string
}

interface Occasion {
  /** Title of the item, or of the row of a declaration. */
  readonly title: string
  readonly department: string
  /** How the region says that something is refused. */
  readonly rejected: string
  /** Of the item that it happened to. */
  readonly slug: string | null
  readonly data: Readonly<Record<string, unknown>>
  readonly titleOfMatter: (slug: string) => string
}

/** What people read of the audit trail. An event without wording is internal and not shown. */
const wordings: Readonly<Record<string, (occasion: Occasion) => string | null>> = {
  'application-submitted': ({ data }) => `申请已提交，办件编号 ${String(data.number)}`,
  'application-accepted': ({ data }) => `申请已受理，受理日期 ${String(data.acceptedOn)}`,
  'application-refused': () => '申请不予受理，原因见各事项',
  'application-closed': () => '全部事项已办结，欢迎评价',
  'item-opened': ({ title, data }) => `“${title}”开始办理${until(data.promisedDue)}`,
  'row-opened': ({ title, data }) => `“${title}”开始办理${until(data.promisedDue)}`,
  'row-declined': ({ title }) => `“${title}”不予办理：所依据的参保登记未通过`,
  'task-decided': ({ title, data }) => `“${title}”已由工作人员办理${data.label ? `：${String(data.label)}` : ''}`,
  'department-step': ({ title, department, data }) => data.receiptNumber
    ? `“${title}”：${department}已办理，回执号 ${String(data.receiptNumber)}`
    : null,
  'card-produced': ({ title }) => `“${title}”的卡片已制作完成`,
  'payment-due': ({ title, data }) => `“${title}”待缴费，请在 ${String(data.deadline)} 前缴纳`,
  'payment-due-soon': ({ title, data }) => `提醒：“${title}”的缴费期限是 ${String(data.deadline)}`,
  'payment-settled': ({ title }) => `“${title}”已缴费`,
  'payment-failed': ({ title }) => `“${title}”缴费未成功，请检查缴费账户后重新缴费`,
  'item-approved': ({ title }) => `“${title}”审核通过`,
  'item-rejected': ({ title, rejected }) => `“${title}”${rejected}，原因见该事项`,
  'item-withdrawn': ({ title }) => `“${title}”已撤回`,
  'item-delivered': ({ title }) => `“${title}”的办理结果已送达`,
  'pickup-ready': () => '办理结果可以到窗口领取',
  'parcel-sent': ({ data }) => `办理结果已交邮寄，邮件号 ${String(data.trackingNumber)}`,
  'parcel-collected': ({ data }) => `邮件 ${String(data.trackingNumber)} 已揽收`,
  'parcel-in-transit': ({ data }) => `邮件 ${String(data.trackingNumber)} 正在运送`,
  'parcel-delivered': ({ data }) => `邮件 ${String(data.trackingNumber)} 已签收`,
  'parcel-returned': ({ data }) => `邮件 ${String(data.trackingNumber)} 没有送达，已退回，请与窗口联系`,
  'item-resumed': ({ title }) => `“${title}”恢复办理`,
  'correction-opened': ({ title, data }) => `“${title}”需要补正，请在 ${String(data.deadline)} 前提交`,
  'special-started': ({ title, data }) => `“${title}”进行${String(data.label)}，自 ${String(data.startedOn)} 起不计入办理期限`,
  'special-ended': ({ title, data }) => `“${title}”的特别程序结束${until(data.promisedDue)}`,
  'clock-redated': ({ title, data }) =>
    `“${title}”的办理期限因${data.cause === 'outage' ? '系统故障' : '节假日安排公布'}重新计算${until(data.promisedDue)}`,
  'correction-due-soon': ({ title, data }) => `提醒：“${title}”的补正期限是 ${String(data.deadline)}`,
  'correction-submitted': ({ title, slug, data, titleOfMatter }) => `已提交“${title}”的补正内容${alsoAffected(data.affected, slug, titleOfMatter)}`,
  'correction-lapsed': ({ title }) => `“${title}”逾期未补正，按撤回处理`,
  'payment-lapsed': ({ title }) => `“${title}”逾期未缴费`,
  'original-verified': ({ data }) => `已核验“${String(data.name)}”原件`,
  'withdraw-requested': ({ title }) => `申请撤回“${title}”`,
  rated: () => '已评价，感谢您的反馈',
  'rating-followed-up': () => '已追评',
  'rating-replied': () => '您的评价已有回复'
}

/** What the events speak of by id. */
export interface TimelineSubjects {
  readonly items: readonly Pick<Item, 'id' | 'slug'>[]
  readonly rows: readonly Pick<ItemRow, 'id' | 'insurance'>[]
}

/** The course of an application from its audit events, oldest first, without any personal data. */
export function timelineOf(region: Region, events: readonly AuditRow[], subjects: TimelineSubjects): TimelineEntry[] {
  return events.flatMap(event => {
    const slug = subjects.items.find(({ id }) => id === event.item_id)?.slug ?? null
    const text = wordings[event.type]?.(occasionOf(region, event, subjects))
    if (!text) return []
    return [{ at: formatInstant(event.at), type: event.type, slug, actor: actorOf(event.actor_role), text }]
  })
}

interface Concern {
  readonly data: Readonly<Record<string, unknown>>
  readonly itemId: string | null
}

function occasionOf(region: Region, event: AuditRow, subjects: TimelineSubjects): Occasion {
  const data = JSON.parse(event.data) as Record<string, unknown>
  return {
    data,
    slug: subjects.items.find(({ id }) => id === event.item_id)?.slug ?? null,
    rejected: region.decisionWords.rejected,
    titleOfMatter: slug => matterTitle(region, slug),
    title: titleOf(region, { data, itemId: event.item_id }, subjects),
    department: region.departments.find(one => one.slug === data.department)?.name ?? '部门系统'
  }
}

/** What an event is about, as people call it: a row of a declaration, a matter, or the application. */
export function titleOf(region: Region, { data, itemId }: Concern, { items, rows }: TimelineSubjects): string {
  const row = data.insurance ?? rows.find(({ id }) => id === data.rowId)?.insurance
  const insurance = region.insurances.find(one => one.slug === row)
  if (insurance) return `${insurance.title}费申报`
  const slug = items.find(({ id }) => id === itemId)?.slug
  return region.matters.find(one => one.slug === slug)?.title ?? '申请'
}

/** The other open items that use what a correction changed, each with what; events of earlier versions do not tell. */
function alsoAffected(affected: unknown, own: string | null, titleOfMatter: (slug: string) => string): string {
  const others = affectedOf(affected).filter(({ slug }) => slug !== own)
  if (others.length === 0) return ''
  return `；一并重新核对：${others.map(({ slug, labels }) => `“${titleOfMatter(slug)}”（用到${labels.join('、')}）`).join('，')}`
}

/** The items that a `correction-submitted` names, with the names of the fields that each uses. */
export function affectedOf(affected: unknown): readonly { readonly slug: string; readonly labels: readonly string[] }[] {
  return Array.isArray(affected) ? affected as { slug: string; labels: string[] }[] : []
}

function until(date: unknown): string {
  return typeof date === 'string' ? `，承诺在 ${date} 前办结` : ''
}

function actorOf(role: string): TimelineEntry['actor'] {
  if (role === 'applicant' || role === 'clerk' || role === 'department') return role
  return role === 'window' || role === 'supervisor' ? 'clerk' : 'system'
}
