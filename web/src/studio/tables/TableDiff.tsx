import { ChangeList, CHANGES } from '../release/ChangeList.tsx'
import '../release/diagram.css'
import type { Change } from '../release/use-release.ts'
import type { Row } from './dmn-document.ts'
import { readTable } from './dmn-document.ts'
import './tables.css'

interface Props {
  readonly before: string
  readonly after: string
  readonly changes: readonly Change[]
}

/** The rules of both versions in one table: what was is struck out, what is new underlined; below the same as a list. */
export function TableDiff({ before, after, changes }: Props) {
  const [old, now] = [readTable(before), readTable(after)]
  const kindOf = new Map(changes.map(({ element, kind }) => [element, kind]))
  const oldOf = (id: string): Row | undefined => old.rows.find(row => row.id === id)
  const rows = [...now.rows, ...old.rows.filter(({ id }) => !now.rows.some(row => row.id === id))]
  const changed = rows.filter(({ id }) => kindOf.has(id))
  return (
    <>
      <h2>差别</h2>
      <ChangeList changes={changes} />
      <div className="table-frame" tabIndex={0} role="group" aria-label="有改动的规则">
        <table className="figures">
          <caption><h2>有改动的规则（其余 {rows.length - changed.length} 条不变）</h2></caption>
          <thead><tr><th scope="col">规则</th>{now.columns.map(({ kind, name, label }) => <th key={`${kind} ${name}`} scope="col">{label}</th>)}</tr></thead>
          <tbody>
            {changed.map(row => {
              const kind = kindOf.get(row.id)!
              return (
                <tr key={row.id}>
                  <th scope="row"><span className={`change-kind change-${kind}`}>{CHANGES[kind]}</span> {row.id}</th>
                  {row.cells.map((cell, index) => (
                    <td key={now.columns[index]?.name}><Difference from={kind === 'added' ? '' : oldOf(row.id)?.cells[index] ?? ''} to={kind === 'removed' ? '' : cell} /></td>
                  ))}
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </>
  )
}

function Difference({ from, to }: { from: string; to: string }) {
  if (from === to) return <>{to}</>
  return <>{from && <del>{from}</del>} {to && <ins>{to}</ins>}</>
}
