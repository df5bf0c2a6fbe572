import { Link } from 'react-router'
import { moment } from '../../staff/labels.ts'
import type { AuditEvent } from '../cases/use-case.ts'
import { Table } from '../../staff/Table.tsx'
import { actorName, eventName } from './event-names.ts'

interface Props {
  readonly caption: string
  readonly events: readonly AuditEvent[]
  readonly items?: readonly { readonly itemId: string; readonly title: string }[]
  /** All events are of the case that the page shows. */
  readonly isCase?: boolean
}

/** The audit trail, one event a row, with what was noted and its place in the chain. */
export function EventTable({ caption, events, items = [], isCase = false }: Props) {
  const rows = events.map(event => {
    const { id, number, applicationId, at, actor, itemId, seq, hash } = event
    const title = items.find(one => one.itemId === itemId)?.title ?? '—'
    const isOfSystem = applicationId === 'system'
    const where = isCase ? title : isOfSystem ? '系统' : <Link key="case" className="nowrap" to={`/cases/${applicationId}`}>{number}</Link>
    return {
      key: id,
      cells: [
        <time key="at" className="nowrap" dateTime={at}>{moment(at)}</time>, eventName(event), where, actorName(actor),
        <Details key="details" event={event} />, <span key="seq" className="nowrap">第 {seq} 条 <code title={hash}>{hash.slice(0, 8)}</code></span>
      ]
    }
  })
  return <Table caption={caption} head={['时间', '事件', isCase ? '事项' : '办件', '谁', '详情', '审计链']} rows={rows} empty="没有符合条件的记录。" />
}

function Details({ event: { data, hasText } }: { event: AuditEvent }) {
  const facts = Object.entries(data).filter(([, value]) => value !== null)
  if (facts.length === 0 && !hasText) return '—'
  return (
    <details>
      <summary>{facts.length} 项{hasText && '，附文字（已加密）'}</summary>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}><dt><code>{name}</code></dt><dd><code>{typeof value === 'object' ? JSON.stringify(value) : String(value)}</code></dd></div>
        ))}
      </dl>
    </details>
  )
}
