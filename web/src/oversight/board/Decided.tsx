import { Table } from '../../staff/Table.tsx'
import { percent } from '../labels.ts'
import type { Summary } from './use-summary.ts'

type Rates = Summary['decided']['byMatter'][number]

/** What was decided in the last days, and how: for all and matter by matter. */
export function Decided({ decided }: { decided: Summary['decided'] }) {
  const all = { ...decided, key: '', title: '合计' }
  return (
    <Table
      caption={`近 ${decided.windowDays} 日办结`} empty={`近 ${decided.windowDays} 日没有办结的事项。`}
      head={['事项', '办结', '通过', '不通过', '撤回', '按时办结率', '即办率', '一次办结率']}
      rows={decided.decided === 0 ? [] : [all, ...decided.byMatter].map(one => ({ key: one.key, cells: cellsOf(one) }))}
    />
  )
}

function cellsOf({ title, decided, approved, rejected, withdrawn, onTimeRate, immediateRate, atOnceRate }: Rates) {
  return [title, decided, approved, rejected, withdrawn, percent(onTimeRate), percent(immediateRate), percent(atOnceRate)]
}
