import { Select } from 'antd'
import { CHANNELS } from '../../staff/labels.ts'
import { useChoices } from '../board/use-summary.ts'
import { COLOURS } from '../labels.ts'
import type { Filters } from './use-items.ts'

const ofNames = (names: Readonly<Record<string, string>>) => Object.entries(names).map(([value, label]) => ({ value, label }))

/** Narrows the list by everything that the board is cut by. */
export function ItemFilters({ filters, onChange }: { filters: Filters; onChange: (change: Partial<Filters>) => void }) {
  const choices = useChoices()
  const select = (name: keyof Filters, label: string, options: { value: string; label: string }[]) => (
    <Select
      aria-label={label} placeholder={label} allowClear options={options} value={filters[name]} className="filter" popupMatchSelectWidth={false}
      onChange={(value?: string) => onChange({ [name]: value })}
    />
  )
  return (
    <search className="filters">
      {select('colour', '时限状态', ofNames(COLOURS))}
      {select('department', '部门', choices('departments'))}
      {select('slug', '事项', choices('matters'))}
      {select('division', '区划', choices('divisions'))}
      {select('channel', '渠道', ofNames(CHANNELS))}
    </search>
  )
}
