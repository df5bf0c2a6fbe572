import type { ReactNode } from 'react'
import { CHANNELS } from '../../staff/labels.ts'
import { useChoices } from '../board/use-summary.ts'
import { Choice, optionsOf } from './Choice.tsx'

/** By what items are told apart on every page. */
export interface Cut {
  readonly department?: string
  readonly slug?: string
  readonly division?: string
  readonly channel?: 'online' | 'window' | 'platform'
}

export const CUT = ['department', 'slug', 'division', 'channel'] as const

interface Props {
  readonly cut: Cut
  readonly onChange: (change: Partial<Cut>) => void
  /** Further choices, before these. */
  readonly children?: ReactNode
}

/** Narrows a page to a department, a matter, a division, a way in. */
export function CutFilters({ cut, onChange, children }: Props) {
  const choices = useChoices()
  return (
    <search className="filters">
      {children}
      <Choice label="部门" options={choices('departments')} value={cut.department} onChange={department => onChange({ department })} />
      <Choice label="事项" options={choices('matters')} value={cut.slug} onChange={slug => onChange({ slug })} />
      <Choice label="区划" options={choices('divisions')} value={cut.division} onChange={division => onChange({ division })} />
      <Choice
        label="渠道" options={optionsOf(CHANNELS)} value={cut.channel}
        onChange={channel => onChange({ channel: channel as Cut['channel'] })}
      />
    </search>
  )
}
