import { Table } from 'antd'
import type { TableColumnsType } from 'antd'
import { CHANNELS, moment } from '../labels.ts'
import { Remaining } from '../shared/Remaining.tsx'
import { TaskLink } from './TaskLink.tsx'
import type { Task } from './use-tasks.ts'
import { minutesBetween } from './waited.ts'

export interface TaskTableProps {
  readonly tasks: readonly Task[]
  readonly empty: string
  /** Row that the keyboard stands on. */
  readonly cursor: number
  readonly seen: ReadonlyMap<string, number>
  readonly selected: readonly string[]
  readonly onSelect: (ids: string[]) => void
  /** In the queue of people who stand at a counter the server's time, from which it shows how long they have waited. */
  readonly waitedAt: string | undefined
}

function columns(seen: ReadonlyMap<string, number>, waitedAt: string | undefined): TableColumnsType<Task> {
  return [
    { title: '办件', key: 'number', render: (_, task) => (
      <>
        <TaskLink task={task} seen={seen} />
        <div className="quiet">{task.applicant}　{CHANNELS[task.channel ?? ''] ?? ''}</div>
      </>
    ) },
    { title: '事项和任务', key: 'name', render: (_, task) => <>{task.title || '全部事项'}<div className="quiet">{task.name}</div></> },
    { title: '区划', dataIndex: 'divisionName', responsive: ['lg'] },
    waitedAt !== undefined
      ? { title: '已等候', key: 'waiting', render: (_, task) => `${minutesBetween(task.createdAt, waitedAt)} 分钟` }
      : { title: '到达', key: 'created', responsive: ['xl'], render: (_, task) => moment(task.createdAt) },
    { title: '剩余时间', key: 'remaining', render: (_, task) => <Remaining task={task} /> },
    { title: '签收人', key: 'holder', render: (_, task) => task.holder ?? '待领' }
  ]
}

/** One page of tasks. */
export function TaskTable({ tasks, empty, cursor, seen, selected, onSelect, waitedAt }: TaskTableProps) {
  return (
    <Table<Task>
      rowKey="id" columns={columns(seen, waitedAt)} dataSource={[...tasks]} pagination={false} size="middle"
      locale={{ emptyText: empty }}
      rowClassName={(_, index) => (index === cursor ? 'row-cursor' : '')}
      onRow={(_, index) => ({ 'aria-current': index === cursor || undefined })}
      rowSelection={{
        columnTitle: <span className="quiet">选</span>,
        selectedRowKeys: [...selected],
        onChange: keys => onSelect(keys.map(String)),
        getCheckboxProps: task => ({ 'aria-label': `选中 ${task.number ?? task.name}` } as never)
      }}
    />
  )
}
