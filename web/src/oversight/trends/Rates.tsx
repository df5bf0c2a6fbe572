import { Radio } from 'antd'
import { Link } from 'react-router'
import { Table } from '../../staff/Table.tsx'
import { percent } from '../labels.ts'
import type { Axis, Quality } from './use-trends.ts'

const AXES: readonly { value: Axis; label: string }[] = [
  { value: 'region', label: '全区' }, { value: 'city', label: '设区市' }, { value: 'division', label: '区划' },
  { value: 'department', label: '部门' }, { value: 'slug', label: '事项' }, { value: 'channel', label: '渠道' }
]
const HEAD = ['名称', '办结', '通过', '不通过', '撤回', '按时办结率', '即办率', '一次办结率', '平均用时', '评价', '差评率']

type Slice = Quality['slices'][number]

/** The rates along an axis that can be chosen; a name opens the open items of just that part. */
export function Rates({ quality, onChange }: { quality: Quality; onChange: (by: Axis) => void }) {
  const { windowDays, by, total, slices } = quality
  const rows = slices.length === 0 ? [] : [{ ...total, key: '', title: '合计' }, ...slices]
  return (
    <>
      <div className="filters">
        <Radio.Group
          aria-label="按什么比较" optionType="button" options={[...AXES]} value={by}
          onChange={event => onChange(event.target.value as Axis)}
        />
      </div>
      <Table
        caption={`近 ${windowDays} 日办结的质量`} head={HEAD} empty={`近 ${windowDays} 日没有办结的事项。`}
        rows={rows.map(slice => ({ key: slice.key, cells: [nameOf(by, slice), ...cellsOf(slice)] }))}
      />
    </>
  )
}

function nameOf(by: Axis, { key, title }: Slice) {
  if (key === '' || by === 'region') return title || '未定区划'
  // A city's code stands for all that begin so.
  const filter = by === 'city' ? `division=${key.slice(0, 4)}` : `${by}=${key}`
  return <Link to={`/items?${filter}`}>{title}</Link>
}

function cellsOf(one: Slice) {
  return [
    one.decided, one.approved, one.rejected, one.withdrawn, percent(one.onTimeRate), percent(one.immediateRate),
    percent(one.atOnceRate), one.meanWorkingDays === null ? '暂无' : `${one.meanWorkingDays.toFixed(1)} 个工作日`, one.ratings, percent(one.badRatingRate)
  ]
}
