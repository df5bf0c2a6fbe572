import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Popconfirm, Space } from 'antd'
import { answer, api } from '../../shared/api.ts'
import type { Schemas } from '../../shared/api.ts'
import type { Task } from './use-tasks.ts'

type Action = 'claim' | 'unclaim' | 'complete'
const WORDS: Readonly<Record<Action, string>> = { claim: '签收', unclaim: '退回', complete: '通过' }
const WHY: Readonly<Record<string, string>> = {
  TASK_CLAIMED: '已由他人签收', TASK_GONE: '已结束', TASK_NOT_CLAIMED: '尚未签收', NOT_FOUND: '不在本组', CHECK_NOT_GREEN: '核验未全部通过，请单独办理', SECOND_CLERK_REQUIRED: '须由另一人复核'
}

/** What was not refused. */
const STATES: Readonly<Record<string, string>> = { done: '完成', drawn: '抽中单独审核，已签收到“我的”' }

interface Props {
  readonly tasks: readonly Task[]
  readonly selected: readonly string[]
  readonly onDone: () => void
}

/** What can be done with several tasks at once. The result is told task by task, as the server answered for each. */
export function BulkBar({ tasks, selected, onDone }: Props) {
  const queries = useQueryClient()
  // The list forgets a row that is done; its number is noted before.
  const numberOf = (id: string): string => tasks.find(task => task.id === id)?.number ?? '任务'
  const run = useMutation({
    mutationFn: async (action: Action) => {
      const { results } = await answer(api.POST('/tasks/bulk', { body: { action, taskIds: [...selected] } }))
      return { action, results: results.map(result => ({ ...result, number: numberOf(result.id) })) }
    },
    onSuccess: () => onDone(),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['tasks'] })
  })
  return (
    <div className="bulk" aria-live="polite">
      {selected.length > 0 && (
        <Space>
          <span>已选 {selected.length} 件</span>
          {(['claim', 'unclaim'] as const).map(action => (
            <Button key={action} loading={run.isPending} onClick={() => run.mutate(action)}>批量{WORDS[action]}</Button>
          ))}
          <Popconfirm
            title={`通过所选 ${selected.length} 件？`} description="只通过核验全部相符的同类任务，并按规定比例抽出一部分单独审核。"
            okText="确定通过" cancelText="取消" onConfirm={() => run.mutate('complete')}
          ><Button loading={run.isPending}>批量通过</Button></Popconfirm>
        </Space>
      )}
      {run.error && <Alert type="error" title={run.error.message} showIcon />}
      {run.data && (
        <Alert
          type="info" showIcon closable={{ closeIcon: true, 'aria-label': '关闭' }} title={`批量${WORDS[run.data.action]}的结果`}
          description={<Results results={run.data.results} />}
        />
      )}
    </div>
  )
}

type Result = Schemas['BulkResult'] & { readonly number: string }

function Results({ results }: { results: readonly Result[] }) {
  return (
    <ul>
      {results.map(({ id, status, code, number }) => (
        <li key={id}>{number}：{STATES[status] ?? `未完成，${WHY[code ?? ''] ?? '请打开查看'}`}</li>
      ))}
    </ul>
  )
}
