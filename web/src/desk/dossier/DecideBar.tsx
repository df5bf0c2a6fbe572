import { Button } from 'antd'
import type { Schemas } from '../../shared/api.ts'

interface Props {
  readonly task: Schemas['Task']
  readonly canDecide: boolean
  readonly onChoose: (value: string) => void
}

const ENDS: Readonly<Record<string, string>> = { decided: '已作出意见', completed: '已办结', cancelled: '已撤销' }

/** The decisions that the process offers for this task, in its order, each with its number key. */
export function DecideBar({ task, canDecide, onChoose }: Props) {
  if (task.state && task.state !== 'open') return <div className="decide"><b>{ENDS[task.state]}</b></div>
  return (
    <div className="decide" role="group" aria-label="办理意见">
      {task.decisions.map(({ value, label }, index) => (
        <Button key={value} size="large" type={index === 0 ? 'primary' : 'default'} disabled={!canDecide} onClick={() => onChoose(value)}>
          {label}（{index + 1}）
        </Button>
      ))}
      {!canDecide && <span>由 {task.holder} 办理</span>}
    </div>
  )
}
