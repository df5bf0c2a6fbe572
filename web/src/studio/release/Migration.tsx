import { Alert, Button, Checkbox, Select } from 'antd'
import { useState } from 'react'
import { moment } from '../../staff/labels.ts'
import { Table } from '../../staff/Table.tsx'
import type { Migrated, MigratedCase } from './use-migration.ts'
import { useMigration } from './use-migration.ts'

const STATES: Readonly<Record<MigratedCase['state'], string>> = { 'would-move': '可以迁移', moved: '已迁移', stays: '不能迁移' }
/** Rows that a page shows; the numbers above them are of all. */
const MOST_SHOWN = 500

/** Moves running cases to another version: first a trial that changes nothing, then those that were ticked. */
export function Migration({ model, versions }: { model: string; versions: readonly number[] }) {
  const [from, setFrom] = useState(versions[1]!)
  const [to, setTo] = useState(versions[0]!)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const { run, done } = useMigration(model, from, to)
  const choices = versions.map(value => ({ value, label: `第 ${value} 版` }))
  // What a trial of other versions found says nothing about these.
  const change = (set: (version: number) => void) => (version: number): void => {
    set(version)
    setChosen(new Set())
    run.reset()
  }
  const start = (isDryRun: boolean, cases?: readonly string[]): void => run.mutate({ isDryRun, ...(cases ? { cases } : {}) }, {
    onSuccess: ({ cases: all }) =>
      setChosen(new Set(isDryRun ? all.filter(({ state }) => state === 'would-move').map(one => one.case) : []))
  })
  return (
    <section className="migration" aria-label="迁移在办件">
      <h2>迁移在办件</h2>
      <p>在办件留在受理时的版本，除非在这里迁移。任务、计时和定时器不因迁移改变。</p>
      <div className="migration-choice">
        <Select aria-label="从哪一版" value={from} options={choices} disabled={run.isPending} onChange={change(setFrom)} />
        <span>迁移到</span>
        <Select aria-label="到哪一版" value={to} options={choices} disabled={run.isPending} onChange={change(setTo)} />
        <Button disabled={from === to} loading={run.isPending} onClick={() => start(true)}>试算</Button>
        <Button type="primary" disabled={chosen.size === 0 || run.isPending} onClick={() => start(false, [...chosen])}>
          迁移选中的 {chosen.size} 件
        </Button>
      </div>
      {run.isPending && <p role="status">正在处理，已完成 {done} 件</p>}
      {run.error && <Alert type="error" showIcon title={`${run.error.message}（已完成 ${done} 件）`} role="alert" />}
      {run.data && <Results result={run.data} chosen={chosen} onChoose={setChosen} />}
    </section>
  )
}

interface ResultsProps {
  readonly result: Migrated
  readonly chosen: ReadonlySet<string>
  readonly onChoose: (cases: ReadonlySet<string>) => void
}

function Results({ result: { isDryRun, cases }, chosen, onChoose }: ResultsProps) {
  const toggle = (one: string, isOn: boolean): void =>
    onChoose(new Set(isOn ? [...chosen, one] : [...chosen].filter(other => other !== one)))
  const count = (state: MigratedCase['state']): number => cases.filter(one => one.state === state).length
  const words = isDryRun
    ? `试算：可以迁移 ${count('would-move')} 件，不能迁移 ${count('stays')} 件。`
    : `已迁移 ${count('moved')} 件，留在原版本 ${count('stays')} 件。`
  return (
    <>
      <p role="status">{words}{cases.length > MOST_SHOWN && `下面只列出前 ${MOST_SHOWN} 件。`}</p>
      <Table
        caption={isDryRun ? '试算结果' : '迁移结果'} head={['办件', '受理', '结果', '原因']} empty="这个版本没有在办件。"
        rows={cases.slice(0, MOST_SHOWN).map(one => ({
          key: one.case,
          cells: [
            isDryRun && one.state === 'would-move'
              ? <Checkbox key="choose" checked={chosen.has(one.case)} onChange={({ target }) => toggle(one.case, target.checked)}>{one.case}</Checkbox>
              : <code key="case">{one.case}</code>,
            moment(one.startedAt), STATES[one.state], one.reasons.join('；')
          ]
        }))}
      />
    </>
  )
}
