import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Grid } from 'antd'
import type { InputRef } from 'antd'
import { useRef, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { answer, api } from '../../shared/api.ts'
import { Loaded } from '../../staff/Loaded.tsx'
import type { Queue } from '../labels.ts'
import { QUEUES } from '../labels.ts'
import { useDesk } from '../shared/decided.ts'
import { refusal } from '../shared/refusal.ts'
import { useKeys } from '../shared/use-keys.ts'
import { BulkBar } from './BulkBar.tsx'
import { FilterBar } from './FilterBar.tsx'
import { QueueMenu } from './QueueMenu.tsx'
import { SavedViews } from './SavedViews.tsx'
import { readSeen } from './seen.ts'
import { TaskCards } from './TaskCards.tsx'
import { TaskTable } from './TaskTable.tsx'
import { useAnew } from './use-anew.ts'
import type { Filters, Task } from './use-tasks.ts'
import { useTasks } from './use-tasks.ts'

const KEPT = ['queue', 'slug', 'division', 'channel', 'sla'] as const

/** Filters live in the address, so that a list can be returned to; what names a person does not. */
function useFilters(): [Filters, (next: Filters) => void] {
  const [params, setParams] = useSearchParams()
  const [q, setQ] = useState<string>()
  const kept = Object.fromEntries(KEPT.flatMap(key => (params.get(key) ? [[key, params.get(key)]] : []))) as Filters
  const change = ({ q: text, ...next }: Filters): void => {
    setQ(text)
    setParams(Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined)), { replace: true })
  }
  return [{ queue: 'group', ...kept, ...(q ? { q } : {}) }, change]
}

/** The tasklist. */
export function TaskList() {
  const [filters, setFilters] = useFilters()
  // However the list became another one, by a link above it or by going back, its rows are others.
  const list = JSON.stringify(filters)
  const [cursor, setCursor] = useAnew(list, 0)
  const [selected, setSelected] = useAnew<string[]>(list, [])
  const search = useRef<InputRef>(null)
  const pages = useTasks(filters)
  const tasks = (pages.data?.pages ?? []).flatMap(page => page.tasks)
  const { queue = 'group' } = filters
  const entry = QUEUES.find(one => one.queue === queue)
  useListKeys({ tasks, cursor, setCursor, queue, choose: next => setFilters({ ...filters, queue: next }), search, setSelected })
  const { takeNext } = useDesk()
  const Tasks = Grid.useBreakpoint().md === false ? TaskCards : TaskTable
  return (
    <div className="list-page">
      <aside>
        <QueueMenu current={queue} onChoose={next => setFilters({ ...filters, queue: next })} />
        <SavedViews filters={filters} onOpen={setFilters} />
      </aside>
      <section aria-labelledby="list-title">
        <div className="list-head">
          <h1 id="list-title">{entry?.label}</h1>
          <Button type="primary" onClick={takeNext}>领下一件（n）</Button>
        </div>
        <FilterBar filters={filters} searchRef={search} onChange={change => setFilters({ ...filters, ...change })} />
        <BulkBar tasks={tasks} selected={selected} onDone={() => setSelected([])} />
        <Loaded query={pages}>
          {({ pages: [first] }) => (
            <Tasks
              tasks={tasks} empty={entry?.empty ?? ''} waitedAt={queue === 'counter' ? first?.asOf : undefined} cursor={cursor}
              seen={readSeen()} selected={selected} onSelect={setSelected}
            />
          )}
        </Loaded>
        {pages.hasNextPage && (
          <Button block loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>显示更多</Button>
        )}
      </section>
    </div>
  )
}

interface ListKeys {
  readonly tasks: readonly Task[]
  readonly cursor: number
  readonly setCursor: (index: number) => void
  readonly queue: Queue
  readonly choose: (queue: Queue) => void
  readonly search: React.RefObject<InputRef | null>
  readonly setSelected: (change: (before: string[]) => string[]) => void
}

function useListKeys({ tasks, cursor, setCursor, queue, choose, search, setSelected }: ListKeys): void {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { message } = App.useApp()
  const task = tasks[cursor]
  const claim = useMutation({
    mutationFn: (id: string) => answer(api.POST('/tasks/{id}/claim', { params: { path: { id } }, body: {} })),
    onError: error => void message.error(refusal(error)),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['tasks'] })
  })
  const move = (step: number) => () => setCursor(Math.min(Math.max(cursor + step, 0), Math.max(tasks.length - 1, 0)))
  const nextQueue = QUEUES[(QUEUES.findIndex(one => one.queue === queue) + 1) % QUEUES.length]!.queue
  useKeys({
    j: move(1), ArrowDown: move(1), k: move(-1), ArrowUp: move(-1),
    Enter: task && (() => void navigate(`/tasks/${task.id}`)),
    c: task && (() => claim.mutate(task.id)),
    x: task && (() => setSelected(before => toggled(before, task.id))),
    '/': () => search.current?.focus(),
    q: () => choose(nextQueue)
  })
}

function toggled(ids: readonly string[], id: string): string[] {
  return ids.includes(id) ? ids.filter(one => one !== id) : [...ids, id]
}
