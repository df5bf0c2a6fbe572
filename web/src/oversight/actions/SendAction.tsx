import { Alert, Button, Form, Input, InputNumber, Modal, Radio, Select, Space } from 'antd'
import type { ReactNode } from 'react'
import { useState } from 'react'
import { useChoices } from '../board/use-summary.ts'
import { Loaded } from '../../staff/Loaded.tsx'
import { CLEAR } from '../labels.ts'
import { ClerkField } from './ClerkField.tsx'
import type { ActionAbout, ActionDraft, NewAction } from './use-actions.ts'
import { useActionDraft, useActionMoves } from './use-actions.ts'

interface Props {
  /** Items of the case that it is about; without them it goes to a department or a division. */
  readonly items?: readonly { readonly itemId: string; readonly title: string }[]
  /** The item that is chosen at first. */
  readonly itemId?: string
  /** What gives rise to it; it names its own target. */
  readonly source?: NewAction['source']
  readonly onClose: () => void
}

/** Sends a rung of the ladder. Nothing is decided by it: the case goes on as it would. */
export function SendAction({ items, itemId, source, onClose }: Props) {
  const first = items?.find(one => one.itemId === itemId) ?? items?.[0]
  const cause = source ? { source: source.kind, sourceId: source.id } : {}
  const [about, setAbout] = useState<ActionAbout>({ ...cause, ...(first && { itemId: first.itemId }) })
  const isAimed = Object.values(about).some(Boolean)
  const draft = useActionDraft(about, isAimed)
  return (
    <Modal open title="发出督办件" footer={null} onCancel={onClose} width={640}>
      {items && !source && (
        <Field label="事项" id="action-item">
          <Select
            id="action-item" className="whole" value={about.itemId} options={items.map(one => ({ value: one.itemId, label: one.title }))}
            onChange={next => setAbout({ itemId: next })}
          />
        </Field>
      )}
      {!items && (!source || source.kind === 'feedback') && <Whole about={about} onChange={change => setAbout({ ...about, ...change })} />}
      {isAimed && (
        <Loaded query={draft}>
          {data => <Words key={JSON.stringify(about)} draft={data} about={about} source={source} onClose={onClose} />}
        </Loaded>
      )}
      {!isAimed && <Space><Button type="primary" disabled>发出</Button><Button onClick={onClose}>取消</Button></Space>}
    </Modal>
  )
}

interface WordsProps extends Pick<Props, 'source' | 'onClose'> {
  readonly draft: ActionDraft
  readonly about: ActionAbout
}

/** The rung and what it says: the region's words, to be changed as one likes. */
function Words({ draft, about, source, onClose }: WordsProps) {
  const { send } = useActionMoves()
  const [form] = Form.useForm<Pick<NewAction, 'level' | 'text' | 'clerk' | 'workingDays'>>()
  const level = Form.useWatch('level', form) ?? draft.suggested
  const rung = draft.rungs.find(one => one.level === level) ?? draft.rungs[0]
  const wordsOf = (chosen: string): string => draft.rungs.find(one => one.level === chosen)?.text ?? ''
  const onFinish = (values: Pick<NewAction, 'level' | 'text' | 'clerk' | 'workingDays'>): void => {
    const { source: _kind, sourceId: _id, ...target } = about
    const filled = Object.entries({ ...target, ...values, source }).filter(([, value]) => value || value === 0)
    send.mutate(Object.fromEntries(filled) as NewAction, { onSuccess: onClose })
  }
  return (
    <Form form={form} layout="vertical" initialValues={{ level: rung?.level, text: rung?.text }} onFinish={onFinish}>
      <Form.Item name="level" label="层级">
        <Radio.Group
          options={draft.rungs.map(one => ({ value: one.level, label: one.title }))}
          onChange={({ target: { value } }) => form.setFieldValue('text', wordsOf(String(value)))}
        />
      </Form.Item>
      {rung && (
        <p className="quiet">
          {rung.title}：{rung.workingDays} 个工作日，{rung.deadline} 前答复{rung.needsProof ? '，须附证明并经复核' : ''}。
        </p>
      )}
      <Form.Item name="text" label="要求" htmlFor="action-text" rules={[{ required: true, whitespace: true, message: '请写明要求' }]}>
        <Input.TextArea id="action-text" rows={5} maxLength={1000} autoFocus />
      </Form.Item>
      <ClerkField department={draft.department} division={draft.division} />
      <Form.Item name="workingDays" label="几个工作日内答复（不填按层级的规定）" htmlFor="action-days">
        <InputNumber id="action-days" min={1} max={60} precision={0} controls={false} />
      </Form.Item>
      {draft.note && <Alert type="info" title={draft.note} className="below" />}
      <Space><Button type="primary" htmlType="submit" loading={send.isPending}>发出</Button><Button onClick={onClose}>取消</Button></Space>
    </Form>
  )
}

/** The target of an action that is about no single case: a department, a division, or both. */
function Whole({ about, onChange }: { about: ActionAbout; onChange: (change: ActionAbout) => void }) {
  const choices = useChoices()
  return (
    <>
      <Field label="部门" id="action-department">
        <Select
          id="action-department" className="whole" allowClear={CLEAR} options={choices('departments')} value={about.department ?? null}
          onChange={department => onChange({ department: department ?? undefined })}
        />
      </Field>
      <Field label="区划" id="action-division">
        <Select
          id="action-division" className="whole" allowClear={CLEAR} showSearch={{ optionFilterProp: 'label' }} options={choices('divisions')}
          value={about.division ?? null} onChange={division => onChange({ division: division ?? undefined })}
        />
      </Field>
    </>
  )
}

function Field({ label, id, children }: { label: string; id: string; children: ReactNode }) {
  return <div className="field"><label htmlFor={id}>{label}</label>{children}</div>
}
