import { Alert, Button, Spin, Tag } from 'antd'
import { Link } from 'react-router'
import { ITEM_STATES } from '../labels.ts'
import { PrintButton } from '../shared/PrintButton.tsx'
import '../intake/intake.css'
import { useCallBack, useWaiting, WAITING_STATES } from './use-waiting.ts'
import type { Waiting } from './use-waiting.ts'

/** 现场等候: who waits for what is done at once, for how many minutes, who may go home with a promise, and whom to call. */
export function WaitingPage() {
  const waiting = useWaiting()
  const list = waiting.data?.waiting ?? []
  const after = waiting.data?.callBackAfterMinutes
  return (
    <div className="intake form-fields">
      <h1>现场等候</h1>
      {typeof after === 'number' && <p>等候满 {after} 分钟的，可以登记回访，打印凭证让申请人先回去。</p>}
      <Link to="/waiting/display">等候显示屏</Link>
      {waiting.error && <Alert type="error" showIcon title={waiting.error.message} />}
      {waiting.isPending && <Spin description="正在读取" />}
      {waiting.data && list.length === 0 && <p>现在没有人等候。</p>}
      {list.map(one => <Person key={one.applicationId} one={one} />)}
    </div>
  )
}

function Person({ one }: { one: Waiting }) {
  const { applicationId: id, number, applicant, waitedMinutes, state, isCallBackDue, items } = one
  const call = useCallBack()
  const isHome = state === 'promised' || state === 'to-call'
  return (
    <section className="panel" aria-label={`${applicant} ${number ?? ''}`}>
      <h2>{applicant}　{number}　<Tag>{WAITING_STATES[state]}</Tag>{isCallBackDue && <Tag className="light light-yellow">等候已久</Tag>}</h2>
      <p>已等候 {waitedMinutes} 分钟</p>
      <ul className="plain">{items.map(({ slug, title, status }) => <li key={slug}><span>{title}</span><Tag>{ITEM_STATES[status]}</Tag></li>)}</ul>
      <p className="actions">
        {state === 'waiting' && (
          <Button type={isCallBackDue ? 'primary' : 'default'} loading={call.isPending} onClick={() => call.mutate({ id, action: 'promise' })}>登记回访</Button>
        )}
        {isHome && <PrintButton path={`applications/${id}/take-home.pdf`} label="等候回访凭证" />}
        {(state === 'ready' || state === 'to-call') && (
          <Button type="primary" loading={call.isPending} onClick={() => call.mutate({ id, action: 'told' })}>已告知结果</Button>
        )}
      </p>
    </section>
  )
}
