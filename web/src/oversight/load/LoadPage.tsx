import { Button, Select } from 'antd'
import { useState } from 'react'
import { Loaded } from '../../staff/Loaded.tsx'
import { Table } from '../../staff/Table.tsx'
import { useChoices, useNames } from '../board/use-summary.ts'
import { useIsSupervisor } from '../frame/Frame.tsx'
import { CLEAR } from '../labels.ts'
import { MoveLoad } from './MoveLoad.tsx'
import type { Origin } from './MoveLoad.tsx'
import type { Load } from './use-load.ts'
import { useLoad } from './use-load.ts'

/** Who has how much to do, clerks and groups; from each of them a supervisor moves tasks to another. */
export function LoadPage() {
  const choices = useChoices()
  const [department, setDepartment] = useState<string>()
  const load = useLoad(department ? { department } : {})
  return (
    <>
      <div className="page-head"><h1>工作量</h1></div>
      <p className="quiet">调配只换由谁办理，不改变办件的期限和结论，逐件记入审计。只在同一部门之内调配。</p>
      <div className="filters">
        <Select aria-label="部门" placeholder="部门" allowClear={CLEAR} options={choices('departments')} value={department} className="filter" onChange={setDepartment} />
      </div>
      <Loaded query={load}>{data => <Tables load={data} />}</Loaded>
    </>
  )
}

function Tables({ load: { clerks, groups } }: { load: Load }) {
  const names = useNames()
  const isSupervisor = useIsSupervisor()
  const [origin, setOrigin] = useState<Origin>()
  const placeOf = (division: string | null): string => division === null ? '全区域' : names('divisions', division)
  const button = (from: Origin) => isSupervisor && from.open > 0
    ? <Button key="move" size="small" aria-label={`调出：${from.title}`} onClick={() => setOrigin(from)}>调出</Button> : '—'
  return (
    <>
      <Table
        caption="承办人" head={['承办人', '部门', '区划', '手上', '其中超期', '操作']} empty="还没有承办人登录过。"
        rows={clerks.map(({ account, name, department, departmentName, division, open, overdue }) => ({
          key: account,
          cells: [
            name === account ? account : `${name}（${account}）`, departmentName, placeOf(division), `${open} 件`, `${overdue} 件`,
            button({ title: name, department, from: { clerk: account }, open })
          ]
        }))}
      />
      <Table
        caption="各组待认领" head={['组', '区划', '待认领', '其中超期', '操作']} empty="没有待认领的任务。"
        rows={groups.map(({ department, departmentName, division, open, overdue }) => ({
          key: `${department}-${division}`,
          cells: [
            departmentName, placeOf(division), `${open} 件`, `${overdue} 件`,
            division === null ? '—' : button({ title: `${placeOf(division)}${departmentName}`, department, from: { division }, open })
          ]
        }))}
      />
      {origin && <MoveLoad origin={origin} onClose={() => setOrigin(undefined)} />}
    </>
  )
}
