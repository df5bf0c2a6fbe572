import { Tag } from 'antd'
import { Link } from 'react-router'
import type { Task } from './use-tasks.ts'

/** The number of a case, which opens its task, and whether the task has changed since its reader looked. */
export function TaskLink({ task, seen }: { task: Task; seen: ReadonlyMap<string, number> }) {
  return (
    <>
      <Link to={`/tasks/${task.id}`}>{task.number ?? '（无编号）'}</Link>
      {seen.has(task.id) && seen.get(task.id) !== task.version && <Tag className="news">有变化</Tag>}
    </>
  )
}
