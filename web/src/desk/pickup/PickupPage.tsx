import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Spin, Tag } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { answer, api } from '../../shared/api.ts'
import type { paths } from '../../shared/api.generated.ts'
import { CardInput } from '../intake/CardInput.tsx'
import { moment } from '../labels.ts'
import { useDesk } from '../shared/decided.ts'
import { PrintButton } from '../shared/PrintButton.tsx'
import { SigningWay } from '../shared/SigningWay.tsx'
import type { SigningChoice } from '../shared/SigningWay.tsx'
import { ParcelsOf } from './Parcels.tsx'
import '../intake/intake.css'

type Pickup = paths['/tasks/{id}/pickup']['get']['responses']['200']['content']['application/json']
type Collector = 'applicant' | 'agent'

const COLLECTORS: Readonly<Record<Collector, string>> = { applicant: '申请人本人', agent: '代办人' }

/** 窗口出件: the results, the card of who fetches them, the signature; then they are handed over. */
export function PickupPage() {
  const { id = '' } = useParams()
  const pickup = useQuery({ queryKey: ['pickup', id], queryFn: () => answer(api.GET('/tasks/{id}/pickup', { params: { path: { id } } })) })
  if (pickup.error) return <Alert type="error" showIcon title={pickup.error.message} />
  if (!pickup.data) return <Spin description="正在打开" />
  const { task, results, handedOver } = pickup.data
  return (
    <div className="intake form-fields">
      <p><Link to="/?queue=pickup">返回窗口出件</Link></p>
      <h1>窗口出件</h1>
      <section className="panel" aria-labelledby="results-title">
        <h2 id="results-title">{pickup.data.applicant}　{task.number}</h2>
        <ul className="plain">
          {results.map(({ slug, title, notice, receiptNumber, isHandedOver }) => (
            <li key={slug}>
              <span>{title}{receiptNumber && <span className="quiet">　回执 {receiptNumber}</span>}</span>
              {isHandedOver && <Tag>已交付</Tag>}
              <PrintButton path={`tasks/${id}/results/${notice}.pdf`} label="办结结果" />
            </li>
          ))}
        </ul>
        <ParcelsOf applicationId={task.applicationId} />
      </section>
      {handedOver ? <HandedOver id={id} handed={handedOver} /> : task.state === 'open' ? <HandOver id={id} pickup={pickup.data} /> : <p>这项任务已经办完。</p>}
    </div>
  )
}

function HandedOver({ id, handed: { collector, by, at } }: { id: string; handed: NonNullable<Pickup['handedOver']> }) {
  return (
    <section className="panel" role="status">
      <h2>已当面交付</h2>
      <p>领取人：{COLLECTORS[collector]}　经办人：{by}　{moment(at)}</p>
      <PrintButton autoFocus type="primary" path={`tasks/${id}/hand-over.pdf`} label="送达回证" />
    </section>
  )
}

function HandOver({ id, pickup }: { id: string; pickup: Pickup }) {
  const queries = useQueryClient()
  const { onDecided } = useDesk()
  const [collector, setCollector] = useState<Collector>('applicant')
  const [reading, setReading] = useState<string>()
  const [signing, setSigning] = useState<SigningChoice>({ way: null, witness: '', signature: null })
  const hand = useMutation({
    mutationFn: () => answer(api.POST('/tasks/{id}/hand-over', {
      params: { path: { id } },
      body: {
        collector, reading: reading ?? '', way: signing.way ?? 'paper', witness: signing.witness,
        signature: signing.way === 'screen' ? signing.signature : null
      }
    })),
    onSuccess: ({ undoSeconds = 0 }) => {
      setReading(undefined)
      if (undoSeconds > 0) onDecided({ taskId: id, label: '已当面交付', until: Date.now() + undoSeconds * 1000 })
    },
    onError: () => setReading(undefined),
    onSettled: () => { for (const key of ['pickup', 'tasks', 'counts']) void queries.invalidateQueries({ queryKey: [key] }) }
  })
  const isSigned = signing.way === 'paper' || (signing.way === 'screen' ? signing.signature !== null : signing.witness.trim() !== '' && signing.way !== null)
  return (
    <section className="panel" aria-labelledby="collector-title">
      <h2 id="collector-title">谁来领取</h2>
      {pickup.agent !== null && (
        <fieldset className="field">
          <legend>领取人</legend>
          {(['applicant', 'agent'] as const).map(one => (
            <label key={one} className="option">
              <input type="radio" name="collector" checked={collector === one} onChange={() => setCollector(one)} />
              <span>{COLLECTORS[one]}（{one === 'agent' ? pickup.agent : pickup.applicant}）</span>
            </label>
          ))}
        </fieldset>
      )}
      <CardInput label={`${COLLECTORS[collector]}的证件`} hasFocus isBusy={hand.isPending} error={hand.error} onRead={setReading} />
      {reading !== undefined && <p role="status">证件已读取，交付时核验。</p>}
      <form onSubmit={event => { event.preventDefault(); hand.mutate() }}>
        <SigningWay who="领取人" choice={signing} onChange={setSigning} />
        <Button type="primary" htmlType="submit" loading={hand.isPending} disabled={reading === undefined || !isSigned}>核验身份并交付</Button>
      </form>
    </section>
  )
}
