import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Progress } from 'antd'
import { useMemo, useState } from 'react'
import { answer, api } from '../../shared/api.ts'
import type { Schemas } from '../../shared/api.ts'
import { Loaded } from '../../staff/Loaded.tsx'
import { Table } from '../../staff/Table.tsx'
import { useDraft } from '../draft/use-draft.ts'
import { Diagram } from '../release/Diagram.tsx'

type Result = Schemas['ScenarioResult']
type Scenario = Result['scenarios'][number]

const KINDS: Readonly<Record<Scenario['kind'], string>> = { fixture: '案例', path: '其他路径', selection: '事项组合' }
const EVERY = 1000

/** Plays the draft on the engine with the region's cases, and shows what came of each and which ways were gone. */
export function ScenariosTab() {
  const { id } = useDraft()
  const queries = useQueryClient()
  const path = { params: { path: { draft: id } } }
  const run = useQuery({
    queryKey: ['scenarios', id], queryFn: () => answer(api.GET('/drafts/{draft}/scenarios', path)),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? EVERY : false)
  })
  const begin = useMutation({
    mutationFn: () => answer(api.POST('/drafts/{draft}/scenarios', path)),
    onSuccess: started => queries.setQueryData(['scenarios', id], started)
  })
  return (
    <Loaded query={run}>
      {({ state, isOfThisVersion, done, total, result }) => (
        <>
          <p>在引擎上用一份临时副本演练：本地区的案例、含这个事项的全部合法组合，以及案例没有走到的路径。不涉及任何真实办件，结束后即删除。</p>
          <Button type="primary" disabled={state === 'running'} loading={begin.isPending} onClick={() => begin.mutate()}>开始演练</Button>
          {begin.error && <Alert type="error" showIcon title={<span className="lines">{begin.error.message}</span>} role="alert" />}
          {state === 'running' && <Running done={done} total={total} />}
          {state === 'failed' && <Alert type="error" showIcon title="上次演练中断，请再试一次。" />}
          {result && !isOfThisVersion && <Alert type="warning" showIcon title="演练之后草案又有改动，下面是改动前的结果。" />}
          {result && <Outcome result={result} />}
        </>
      )}
    </Loaded>
  )
}

function Running({ done, total }: { done: number; total: number }) {
  return (
    <div role="status">
      <p>正在演练{total > 0 ? `，已完成 ${done} 件，共 ${total} 件` : ''}</p>
      <Progress aria-label="演练进度" percent={total > 0 ? Math.round(100 * done / total) : 0} showInfo={false} />
    </div>
  )
}

function Outcome({ result: { scenarios, coverage, left } }: { result: Result }) {
  const { xml } = useDraft()
  const [shown, setShown] = useState<Scenario>()
  const wrong = scenarios.filter(({ isAsExpected }) => !isAsExpected)
  const taken = coverage?.flows.filter(({ count }) => count > 0).length ?? 0
  const marks = useMemo(() => new Map([
    ...(coverage?.flows ?? []).map(({ id, count }): [string, string] => [id, count > 0 ? 'mark-taken' : 'mark-missed']),
    ...(shown?.path ?? []).map((id): [string, string] => [id, 'mark-way'])
  ]), [coverage, shown])
  return (
    <>
      <Alert
        type={wrong.length + left > 0 ? 'error' : 'success'} showIcon role="status"
        title={`演练 ${scenarios.length} 件，与预期不符 ${wrong.length} 件${left > 0 ? `；时间已到，还有 ${left} 件没有演练` : ''}${coverage ? `；走过 ${taken} 条流向，没有走到 ${coverage.uncovered.length} 条` : ''}。`}
      />
      {coverage && <Diagram xml={xml} label={shown ? `“${shown.name}”走过的路` : '走过的路：实线走过，虚线没有走到'} marks={marks} />}
      {coverage && coverage.uncovered.length > 0 && (
        <>
          <h2>没有走到的流向</h2>
          <ul>{coverage.uncovered.map(({ id, text }) => <li key={id}>{text}</li>)}</ul>
        </>
      )}
      <Table
        caption="各件的结果，与预期不符的在前" head={['案例', '种类', '预期', '实际', '结果', '走过的路']} empty="没有案例。"
        rows={[...wrong, ...scenarios.filter(({ isAsExpected }) => isAsExpected)].map(one => ({
          key: one.id,
          cells: [
            <span key="name">{one.name}{one.clause && <small className="quiet">（{one.clause}）</small>}</span>, KINDS[one.kind],
            one.expected ?? '走到结束', one.problem ?? one.actual ?? '', one.isAsExpected ? '符合' : <strong key="wrong">不符</strong>,
            one.path.length > 0 ? <button key="show" type="button" className="text-button" onClick={() => setShown(one)}>在图上看</button> : ''
          ]
        }))}
      />
    </>
  )
}
