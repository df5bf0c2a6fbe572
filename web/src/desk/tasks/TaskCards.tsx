import { Checkbox, Empty } from 'antd'
import { CHANNELS } from '../labels.ts'
import { Remaining } from '../shared/Remaining.tsx'
import { TaskLink } from './TaskLink.tsx'
import type { TaskTableProps } from './TaskTable.tsx'
import { minutesBetween } from './waited.ts'

/** One page of tasks for a narrow window, where a table's columns would leave two characters a line. */
export function TaskCards({ tasks, empty, cursor, seen, selected, onSelect, waitedAt }: TaskTableProps) {
  if (tasks.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty} />
  return (
    <ul className="task-cards">
      {tasks.map((task, index) => (
        <li key={task.id} className={index === cursor ? 'card-cursor' : undefined} aria-current={index === cursor || undefined}>
          <Checkbox
            aria-label={`选中 ${task.number ?? task.name}`} checked={selected.includes(task.id)}
            onChange={({ target }) => onSelect(target.checked ? [...selected, task.id] : selected.filter(id => id !== task.id))}
          />
          <div>
            <p className="card-head"><span><TaskLink task={task} seen={seen} /></span><Remaining task={task} /></p>
            <p>{task.title || '全部事项'}　{task.name}</p>
            <p className="quiet">{[task.applicant, CHANNELS[task.channel ?? ''], task.divisionName].filter(Boolean).join('　')}</p>
            <p className="quiet">签收人：{task.holder ?? '待领'}{waitedAt !== undefined && `　已等候 ${minutesBetween(task.createdAt, waitedAt)} 分钟`}</p>
          </div>
        </li>
      ))}
    </ul>
  )
}
