import type { ReactNode } from 'react'
import './table.css'

interface Props {
  readonly caption: string
  readonly head: readonly string[]
  /** A key and its cells; the first cell is the head of its row. */
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[]
  /** Said when there is no row. */
  readonly empty: string
}

/** A table that a screen reader reads by its heads, and that can be moved by keyboard where it is too wide. */
export function Table({ caption, head, rows, empty }: Props) {
  if (rows.length === 0) return <section className="table-frame" aria-label={caption}><h2>{caption}</h2><p className="quiet">{empty}</p></section>
  return (
    <div className="table-frame" tabIndex={0} role="group" aria-label={caption}>
      <table className="figures">
        <caption><h2>{caption}</h2></caption>
        <thead><tr>{head.map(title => <th key={title} scope="col">{title}</th>)}</tr></thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            <tr key={key}>
              <th scope="row">{cells[0]}</th>
              {cells.slice(1).map((cell, index) => <td key={head[index + 1]}>{cell}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
