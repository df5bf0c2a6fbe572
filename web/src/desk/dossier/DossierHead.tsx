import { Button, Space } from 'antd'
import { Link } from 'react-router'
import { CASE_STATES, CHANNELS } from '../labels.ts'
import { Remaining } from '../shared/Remaining.tsx'
import type { Dossier } from './use-dossier.ts'

interface Props {
  readonly dossier: Dossier
  readonly isMine: boolean
  readonly onClaim: () => void
  readonly onUnclaim: () => void
  readonly onHandOver: () => void
  readonly onReveal: () => void
  readonly onSpecial: () => void
}

/** Whose case it is, how much time is left, and who holds it. */
export function DossierHead({ dossier, isMine, onClaim, onUnclaim, onHandOver, onReveal, onSpecial }: Props) {
  const { task, application, special } = dossier
  const isOpen = task.state === 'open'
  return (
    <header className="work-head">
      <div>
        <Link to="/">← 返回清单（l）</Link>
        <h1>{task.title || task.name}</h1>
        <p className="facts">
          {[task.number ?? '没有编号', task.applicant, CHANNELS[task.channel ?? ''], application && CASE_STATES[application.status]]
            .filter(Boolean).map(part => <span key={part}>{part}</span>)}
          <b>{task.name}</b>
          {special.open ? <b>{special.open.text}中，自 {special.open.startedOn} 起不计时</b> : <Remaining task={task} />}
        </p>
      </div>
      <Space wrap>
        <span>签收人：{task.holder ?? '待领'}</span>
        {isOpen && task.assignee === null && <Button type="primary" onClick={onClaim}>签收（c）</Button>}
        {isOpen && isMine && <Button onClick={onUnclaim}>退回（g）</Button>}
        {isOpen && (isMine || task.assignee === null) && <Button onClick={onHandOver}>交给同事（t）</Button>}
        {isOpen && isMine && task.kind === 'review' && special.kinds.length > 0 && (
          <Button onClick={onSpecial}>{special.open ? '结束特别程序（s）' : '特别程序（s）'}</Button>
        )}
        {isMine && <Button onClick={onReveal}>查看全部信息（v）</Button>}
      </Space>
    </header>
  )
}
