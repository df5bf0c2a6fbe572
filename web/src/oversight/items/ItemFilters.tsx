import { Choice, optionsOf } from '../frame/Choice.tsx'
import { CutFilters } from '../frame/CutFilters.tsx'
import { COLOURS } from '../labels.ts'
import type { Filters } from './use-items.ts'

/** Narrows the list by everything that the board is cut by. */
export function ItemFilters({ filters, onChange }: { filters: Filters; onChange: (change: Partial<Filters>) => void }) {
  return (
    <CutFilters cut={filters} onChange={onChange}>
      <Choice
        label="时限状态" options={optionsOf(COLOURS)} value={filters.colour}
        onChange={colour => onChange({ colour: colour as Filters['colour'] })}
      />
    </CutFilters>
  )
}
