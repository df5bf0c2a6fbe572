import type { Region } from '../../../core/region.ts'
import { escapeHtml } from '../../http/page.ts'
import { systemName } from '../../regions/titles.ts'
import type { ItemView } from '../item-view.ts'
import type { TimelineEntry } from '../timeline.ts'

export interface EvidenceParts {
  readonly region: Region
  readonly number: string
  readonly course: readonly TimelineEntry[]
  readonly items: readonly ItemView[]
  readonly calls: readonly Call[]
  /** Of the key that signs the pack. */
  readonly fingerprint: string
}

interface Call {
  readonly topic: string
  readonly department: string
  readonly status: string
  readonly receipt: { readonly number: string; readonly issuedAt: string | null } | null
}

const STYLE = 'body{font:16px/1.6 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}table{border-collapse:collapse;width:100%}'
  + 'th,td{border:1px solid #888;padding:.3em .6em;text-align:left;vertical-align:top}h2{margin-top:2em}'

/** The page by which a pack is read anywhere: no script, no address outside the pack. */
export function evidencePage({ region, number, course, items, calls, fingerprint }: EvidenceParts): string {
  const timeline = table(['时间', '事项', '经过'], course.map(({ at, slug, text }) => [at, titleOf(region, slug), text]))
  const receipts = table(['部门', '步骤', '状态', '回执号', '出具时间'], calls.map(({ department, topic, status, receipt }) =>
    [systemName(region, department), topic, status, receipt?.number ?? '', receipt?.issuedAt ?? '']))
  const title = `办件证据包 ${escapeHtml(number)}`
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${title}</title><style>${STYLE}</style></head><body>`
    + `<h1>${title}</h1><p>${escapeHtml(region.name)}灵活就业参保“一件事”。各文件的 SHA-256 在 sha256.txt（可用 sha256sum -c 核对），`
    + '其签名（Ed25519）在 签名.json；整个证据包可用 npm run evidence:verify 脱机核验，审计链.json 可用 npm run audit:verify 核验。</p>'
    + `<p>签名公钥的指纹（SHA-256）：<code>${fingerprint}</code>。请与本系统在 /api/v1/evidence-key 公布的指纹核对：两者一致，才是本系统出具的。</p>`
    + `<h2>办理过程</h2>${timeline}<h2>办理时限</h2>${items.map(clockOf).join('')}`
    + `<h2>适用的规则</h2>${rulesOf(items)}<h2>部门回执</h2>${receipts}</body></html>`
}

function clockOf({ title, deadline }: ItemView): string {
  const { acceptedOn, promisedDueDate, statutoryDueDate, isProvisional, days } = deadline
  const dates = `受理 ${acceptedOn ?? '—'}，承诺 ${promisedDueDate ?? '未定'}${isProvisional ? '（暂定）' : ''}，法定 ${statutoryDueDate ?? '—'}`
  return `<h3>${escapeHtml(title)}</h3><p>${dates}</p>`
    + table(['日期', '计入', '说明'], days.map(({ date, counted, note }) => [date, counted ? '计入' : '', note]))
}

function rulesOf(items: readonly ItemView[]): string {
  return table(['事项', '规则', '条款', '说明'], items.flatMap(({ title, reasons }) =>
    reasons.map(({ ruleId, clause, message }) => [title, ruleId ?? '', clause ?? '', message])))
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '<p>无</p>'
  const line = (cells: readonly string[], tag: string): string => `<tr>${cells.map(cell => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('')}</tr>`
  return `<table><thead>${line(head, 'th')}</thead><tbody>${rows.map(row => line(row, 'td')).join('')}</tbody></table>`
}

const titleOf = ({ matters }: Region, slug: string | null): string => matters.find(matter => matter.slug === slug)?.title ?? ''
