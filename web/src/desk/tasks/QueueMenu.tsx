import { Badge } from 'antd'
import type { Queue } from '../labels.ts'
import { QUEUES } from '../labels.ts'
import { useCounts } from './use-tasks.ts'

const MOST = 999

/** The queues of the desk with the number of tasks in each. */
export function QueueMenu({ current, onChoose }: { current: Queue; onChoose: (queue: Queue) => void }) {
  const counts = useCounts()
  return (
    <nav aria-label="队列" className="queues">
      <ul>
        {QUEUES.map(({ queue, label }) => {
          const count = counts.data?.[queue]
          return (
            <li key={queue}>
              <button type="button" aria-current={queue === current ? 'page' : undefined} onClick={() => onChoose(queue)}>
                <span>{label}</span>
                {count !== undefined && <Badge count={count} overflowCount={MOST} showZero color={queue === 'overdue' && count > 0 ? '#b3261e' : '#4a5568'} />}
              </button>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
