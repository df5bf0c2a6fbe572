import { useQuery } from '@tanstack/react-query'
import { Alert, Table } from 'antd'
import type { TableColumnsType } from 'antd'
import { answer, api } from '../../shared/api.ts'
import type { Schemas } from '../../shared/api.ts'

type Task = Schemas['Task']

const COLUMNS: TableColumnsType<Task> = [
  { title: '任务', dataIndex: 'name' },
  { title: '区划', dataIndex: 'division' },
  { title: '剩余工作日', dataIndex: 'remainingWorkingDays' },
  { title: '签收人', dataIndex: 'assignee' }
]

/** The open tasks of one's group, the most urgent first. */
export function TaskList() {
  const tasks = useQuery({
    queryKey: ['tasks', 'group'],
    queryFn: () => answer(api.GET('/tasks', { params: { query: { queue: 'group' } } }))
  })
  return (
    <>
      <h1>待办任务</h1>
      {tasks.error && <Alert type="error" title={tasks.error.message} showIcon />}
      <Table<Task> rowKey="id" columns={COLUMNS} dataSource={tasks.data?.tasks ?? []} loading={tasks.isPending} pagination={false} />
    </>
  )
}
