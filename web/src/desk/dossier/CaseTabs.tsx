import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Tabs, Tag } from 'antd'
import { answer, api } from '../../shared/api.ts'
import { WhyThisDay } from '../../shared/WhyThisDay.tsx'
import { ITEM_STATES, moment } from '../labels.ts'
import { PrintButton } from '../shared/PrintButton.tsx'
import type { Dossier } from './use-dossier.ts'
import type { TaskActions } from './use-task-actions.ts'

interface Props {
  readonly dossier: Dossier
  readonly actions: Pick<TaskActions, 'note' | 'opinion'>
}

/** The rest of the case: the items of all departments, what happened, what was remarked, papers, and the diagram. */
export function CaseTabs({ dossier, actions }: Props) {
  const { application, task } = dossier
  return (
    <Tabs className="panel" items={[
      { key: 'items', label: '全部事项', children: <Items items={dossier.items} /> },
      { key: 'timeline', label: '办理过程', children: <Timeline entries={dossier.timeline} /> },
      { key: 'remarks', label: `备注和征询（${dossier.remarks.length}）`, children: <Remarks dossier={dossier} actions={actions} /> },
      { key: 'notices', label: '文书', children: application ? <Notices id={application.id} /> : null },
      { key: 'diagram', label: '流程图', children: <Diagram id={task.id} name={task.name} /> }
    ]} />
  )
}

function Items({ items }: { items: Dossier['items'] }) {
  return (
    <table className="fields">
      <thead><tr><th scope="col">事项</th><th scope="col">状态</th><th scope="col">承诺办结</th><th scope="col">补正</th></tr></thead>
      <tbody>
        {items.map(item => (
          <tr key={item.slug}>
            <th scope="row">{item.title}</th>
            <td>{ITEM_STATES[item.status]}{item.hasIncident && <Tag className="light-red">系统故障待处理</Tag>}</td>
            <td>{item.deadline.promisedDueDate ?? '—'}{item.deadline.isProvisional && '（暂定）'}<WhyThisDay days={item.deadline.days} /></td>
            <td>{item.correction ? `共 ${item.correction.fields.length + item.correction.materials.length} 项，${item.correction.deadline ?? ''} 前` : '—'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Timeline({ entries }: { entries: Dossier['timeline'] }) {
  return <ol className="timeline">{entries.map(({ at, text }, index) => <li key={index}><time dateTime={at}>{moment(at)}</time>{text}</li>)}</ol>
}

const KINDS = { note: '备注', question: '征询', opinion: '答复' } as const

function Remarks({ dossier, actions: { note, opinion } }: Props) {
  return (
    <>
      <ul className="remarks">
        {dossier.remarks.map((remark, index) => (
          <li key={index}>
            <span className="quiet">{moment(remark.at)}　{remark.by}{remark.to && `　征询 ${remark.to}`}</span>
            <div><Tag>{KINDS[remark.kind]}</Tag>{remark.text}{remark.kind === 'question' && !remark.isAnswered && '（未答复）'}</div>
          </li>
        ))}
      </ul>
      <WriteBox id="note" label="写备注" button="保存备注" write={note} />
      {dossier.isAsked && <WriteBox id="opinion" label="答复征询" button="提交答复" write={opinion} />}
    </>
  )
}

interface WriteBoxProps {
  readonly id: string
  readonly label: string
  readonly button: string
  readonly write: TaskActions['note'] | TaskActions['opinion']
}

/** Empty again once the server has what was written, not before. */
function WriteBox({ id, label, button, write }: WriteBoxProps) {
  const [form] = Form.useForm<{ text: string }>()
  return (
    <Form form={form} layout="vertical" onFinish={({ text }) => write.mutate(text, { onSuccess: () => form.resetFields() })}>
      <Form.Item name="text" label={label} htmlFor={id} rules={[{ required: true, whitespace: true, message: '请填写内容' }]}>
        <Input.TextArea id={id} rows={2} maxLength={2000} />
      </Form.Item>
      <Button htmlType="submit" loading={write.isPending}>{button}</Button>
    </Form>
  )
}

function Notices({ id }: { id: string }) {
  const notices = useQuery({
    queryKey: ['dossier', 'notices', id], queryFn: async () => (await answer(api.GET('/applications/{id}/notices', { params: { path: { id } } }))).notices
  })
  if (notices.error) return <Alert type="error" title={notices.error.message} />
  return (
    <ul className="papers">
      <li><PrintButton path={`applications/${id}/form.pdf`} label="申请表" /></li>
      {(notices.data ?? []).map(notice => (
        <li key={notice.id}><PrintButton path={`applications/${id}/notices/${notice.id}.pdf`} label={notice.title} /></li>
      ))}
    </ul>
  )
}

function Diagram({ id, name }: { id: string; name: string }) {
  return <div className="diagram" tabIndex={0} role="group" aria-label="流程图"><img src={`/api/v1/tasks/${id}/diagram.svg`} alt={`流程图，当前环节：${name}`} /></div>
}
