import { Link } from 'react-router'
import type { Schemas } from '../../shared/api.ts'
import { Table } from '../../staff/Table.tsx'
import { ALL_COLOURS, COLOURS, COUNTED } from '../labels.ts'

interface Props {
  readonly caption: string
  /** Name of the filter of the list that this cut sets. */
  readonly name: 'department' | 'slug' | 'division' | 'channel'
  readonly slices: readonly Schemas['SlaSlice'][]
}

/** One cut of the board. A number opens the list of just these items. */
export function SliceTable({ caption, name, slices }: Props) {
  const rows = slices.map(slice => {
    const listOf = (text: string | number, more = '') => (
      slice.key === '' ? text : <Link to={`/items?${name}=${slice.key}${more}`}>{text}</Link>
    )
    const counts = ALL_COLOURS.map(colour => {
      const count = slice[COUNTED[colour]]
      return count === 0 ? '0' : listOf(count, `&colour=${colour}`)
    })
    return { key: slice.key, cells: [listOf(slice.title || '未定区划'), slice.open, ...counts, <Bar key="bar" slice={slice} />] }
  })
  const head = ['名称', '在办', ...ALL_COLOURS.map(colour => COLOURS[colour]), '构成']
  return <Table caption={caption} head={head} rows={rows} empty="没有在办事项。" />
}

/** The shares of the colours as a bar; the numbers beside it say the same. */
function Bar({ slice }: { slice: Schemas['SlaSlice'] }) {
  const widths = ALL_COLOURS.map(colour => slice[COUNTED[colour]] / Math.max(slice.open, 1) * 120)
  const parts = ALL_COLOURS.map((colour, index) => ({
    colour, width: widths[index], x: widths.slice(0, index).reduce((sum, width) => sum + width, 0)
  }))
  return (
    <svg className="bar" width={120} height={12} viewBox="0 0 120 12" aria-hidden="true">
      {parts.map(part => <rect key={part.colour} className={`fill-${part.colour}`} x={part.x} y={0} width={part.width} height={12} />)}
    </svg>
  )
}
