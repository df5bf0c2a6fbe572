import { Input, Select } from 'antd'
import type { InputRef } from 'antd'
import type { Ref } from 'react'
import { CHANNELS, LIGHTS } from '../labels.ts'
import type { Filters } from './use-tasks.ts'
import { useFilterOptions } from './use-tasks.ts'

interface Props {
  readonly filters: Filters
  readonly onChange: (change: Partial<Filters>) => void
  readonly searchRef: Ref<InputRef>
}

const choices = (names: Readonly<Record<string, string>>) => Object.entries(names).map(([value, label]) => ({ value, label }))

/** Filters of the list. Names are found only whole: they are kept as keyed hashes. */
export function FilterBar({ filters, onChange, searchRef }: Props) {
  const options = useFilterOptions()
  const select = (name: 'slug' | 'division' | 'channel' | 'sla', label: string, list: { value: string; label: string }[]) => (
    <Select
      aria-label={label} placeholder={label} allowClear={{ label: `清除${label}` }} options={list} value={filters[name]} className={`filter filter-${name}`}
      onChange={(value?: string) => onChange({ [name]: value })} popupMatchSelectWidth={false}
    />
  )
  return (
    <search className="filters">
      <Input.Search
        ref={searchRef} allowClear={{ clearIcon: <span className="search-clear">清除</span> }} enterButton="查找" placeholder="办件编号、完整姓名、证件号码或手机号" aria-label="查找"
        className="filter-text" onSearch={text => onChange({ q: text.trim() || undefined })}
      />
      {select('slug', '事项', (options.data?.matters ?? []).map(({ slug, title }) => ({ value: slug, label: title })))}
      {select('division', '区划', (options.data?.divisions ?? []).map(({ code, name }) => ({ value: code, label: name })))}
      {select('channel', '渠道', choices(CHANNELS))}
      {select('sla', '时限', choices(LIGHTS))}
    </search>
  )
}
