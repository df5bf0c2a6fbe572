import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useSearchParams } from 'react-router'
import { answer, api } from '../../shared/api.ts'
import { Loaded } from '../../staff/Loaded.tsx'
import { useDefinitions } from '../drafts/use-drafts.ts'
import { treeOf } from './outline-tree.ts'
import type { Branch, Outline } from './outline-tree.ts'
import './outline.css'

/** A diagram as numbered text, for lawyers and screen readers; clauses lead to steps and back. */
export function OutlinePage() {
  const [search, setSearch] = useSearchParams()
  const { data = [] } = useDefinitions()
  const processes = data.filter(({ kind }) => kind === 'process')
  const chosen = processes.find(({ key }) => key === search.get('model')) ?? processes[0]
  return (
    <>
      <h1>文字大纲</h1>
      <Select
        aria-label="流程" className="model-choice" value={chosen?.key ?? null} showSearch={{ optionFilterProp: 'label' }}
        options={processes.map(({ key, name, version }) => ({ value: key, label: `${name}（现行第 ${version} 版）` }))}
        onChange={model => setSearch({ model })}
      />
      {chosen && <OutlineOf key={chosen.key} model={chosen.key} name={chosen.name} version={chosen.version} />}
    </>
  )
}

function OutlineOf({ model, name, version }: { model: string; name: string; version: number }) {
  const outline = useQuery({
    queryKey: ['outline', model, version],
    queryFn: () => answer(api.GET('/definitions/{key}/versions/{version}/outline', { params: { path: { key: model, version } } }))
  })
  return (
    <Loaded query={outline}>
      {({ lines, clauses }) => (
        <div className="outline">
          <section aria-labelledby="outline-steps">
            <h2 id="outline-steps">{name}：步骤</h2>
            <Steps branches={treeOf(lines)} clauses={clauses} />
          </section>
          <Clauses clauses={clauses} lines={lines} />
        </div>
      )}
    </Loaded>
  )
}

function Steps({ branches, clauses }: { branches: readonly Branch[]; clauses: Outline['clauses'] }) {
  return (
    <ol>
      {branches.map(({ line, inner }) => (
        <li key={line.element} id={line.element} tabIndex={-1}>
          <p><strong>{line.number}</strong> {line.text}</p>
          {line.clauses.length > 0 && (
            <ul className="outline-clauses" aria-label={`第 ${line.number} 步的依据`}>
              {line.clauses.map(clause => <li key={clause}><a href={`#${clauseId(clauses, clause)}`}>{clause}</a></li>)}
            </ul>
          )}
          {inner.length > 0 && <Steps branches={inner} clauses={clauses} />}
        </li>
      ))}
    </ol>
  )
}

function Clauses({ clauses, lines }: Outline) {
  const numberOf = (element: string): string => lines.find(line => line.element === element)?.number ?? ''
  return (
    <section aria-labelledby="outline-clauses">
      <h2 id="outline-clauses">条款</h2>
      <ul>
        {clauses.map(({ clause, elements }) => (
          <li key={clause} id={clauseId(clauses, clause)} tabIndex={-1}>
            {clause}：{elements.map(element => <a key={element} href={`#${element}`}>第 {numberOf(element)} 步</a>)}
          </li>
        ))}
      </ul>
    </section>
  )
}

const clauseId = (clauses: Outline['clauses'], clause: string): string => `clause-${clauses.findIndex(one => one.clause === clause) + 1}`
