import { useState } from 'react'
import type { Finding } from '../check/FindingList.tsx'
import type { DecisionTable, Row } from './dmn-document.ts'
import { withCell, withCopy, withDescription, withoutRow, withRowUp } from './dmn-document.ts'

interface Props {
  readonly table: DecisionTable
  readonly xml: string
  /** Ids of the rules that answered last. */
  readonly hits: readonly string[]
  readonly findings: readonly Finding[]
  readonly isOpen: boolean
  readonly onChange: (xml: string) => void
}

/** The rules, one a row; every cell is a field of its own, so that the keyboard suffices. */
export function RuleRows({ table: { name, hitPolicy, columns, rows }, xml, hits, findings, isOpen, onChange }: Props) {
  return (
    <div className="table-frame rules" tabIndex={0} role="group" aria-label={`规则表 ${name}`}>
      <table className="figures">
        <caption><h2>{name}（命中方式 {hitPolicy}，{rows.length} 条规则）</h2></caption>
        <thead>
          <tr>
            <th scope="col">规则</th><th scope="col">说明</th>
            {columns.map(({ kind, name: column, label }) => <th key={`${kind} ${column}`} scope="col">{label}<br /><small>{kind === 'input' ? '条件' : '结论'}</small></th>)}
            {isOpen && <th scope="col">操作</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={row.id} className={hits.includes(row.id) ? 'rule-hit' : undefined}>
              <th scope="row">
                {hits.includes(row.id) && <strong className="hit">命中 </strong>}{row.id}
                {findings.filter(({ element }) => element === row.id).map(({ message }) => <p key={message} className="rule-fault">{message}</p>)}
              </th>
              <td><Cell label={`规则 ${row.id} 的说明`} value={row.description} isOpen={isOpen} onChange={text => onChange(withDescription(xml, index, text))} /></td>
              {columns.map(({ kind, name: column, label, type }, place) => (
                <td key={`${kind} ${column}`}>
                  <Cell
                    label={`规则 ${row.id} 的${label}`} value={row.cells[place] ?? ''} isOpen={isOpen}
                    isQuoted={kind === 'output' && type === 'string'} onChange={text => onChange(withCell(xml, index, place, text))}
                  />
                </td>
              ))}
              {isOpen && <td><Acts row={row} index={index} xml={xml} onChange={onChange} /></td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface CellProps {
  readonly label: string
  readonly value: string
  readonly isOpen: boolean
  /** A text that stands in quotes in the file. */
  readonly isQuoted?: boolean
  readonly onChange: (text: string) => void
}

const LONG = 24

/** Shown without the quotes that the file needs, and written when the field is left. */
function Cell({ label, value, isOpen, isQuoted = false, onChange }: CellProps) {
  const plain = isQuoted ? value.replace(/^"([^]*)"$/, '$1') : value
  const [text, setText] = useState(plain)
  const [known, setKnown] = useState(plain)
  if (plain !== known) {
    setKnown(plain)
    setText(plain)
  }
  if (!isOpen) return <>{plain === '' ? '任意' : plain}</>
  const write = (): void => {
    if (text !== plain) onChange(isQuoted && text !== '' ? `"${text.replaceAll('"', '”')}"` : text)
  }
  // By what is stored, not by what is being typed: another kind of field under the hands would lose the keyboard and the text.
  return plain.length > LONG
    ? <textarea aria-label={label} rows={3} value={text} onChange={({ target }) => setText(target.value)} onBlur={write} />
    : <input aria-label={label} value={text} placeholder="任意" onChange={({ target }) => setText(target.value)} onBlur={write} />
}

function Acts({ row: { id }, index, xml, onChange }: { row: Row; index: number; xml: string; onChange: (xml: string) => void }) {
  const act = (title: string, change: () => string) => (
    <button type="button" className="text-button" aria-label={`${title}规则 ${id}`} onClick={() => onChange(change())}>{title}</button>
  )
  return <span className="acts">{act('复制', () => withCopy(xml, index))}{index > 0 && act('上移', () => withRowUp(xml, index))}{act('删去', () => withoutRow(xml, index))}</span>
}
