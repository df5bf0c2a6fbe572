import { Alert, Button, Form, Input, Modal, Select, Space } from 'antd'
import { NoticePreview } from './NoticePreview.tsx'
import type { Draft, DraftState } from './draft.ts'
import type { Dossier, Verdict } from './use-dossier.ts'
import type { CompleteBody } from './use-task-actions.ts'

interface Props {
  readonly dossier: Dossier
  /** The chosen decision. */
  readonly decision: { readonly value: string; readonly label: string }
  readonly verdicts: ReadonlyMap<string, Verdict>
  readonly draft: Draft
  readonly draftState: DraftState
  readonly isSending: boolean
  readonly onDraft: (draft: Draft) => void
  readonly onSend: (body: CompleteBody) => void
  readonly onClose: () => void
  /** Name of a field or material by its subject. */
  readonly nameOf: (subject: string) => string
}

const SAVED: Readonly<Record<DraftState, string>> = {
  unwritten: '', unclaimed: '签收后才会暂存，现在离开会丢失', saving: '正在暂存…', saved: '已暂存', failed: '暂存失败，提交不受影响'
}
const REQUIRED = [{ required: true, message: '请选择理由' }]

/** Confirms a decision and asks for what belongs to it: a reason for a refusal, one for each thing to correct. */
export function DecideDialog(props: Props) {
  const { dossier, decision, verdicts, draft, draftState, isSending, onDraft, onSend, onClose } = props
  const wrong = [...verdicts.values()].filter(({ verdict }) => verdict === 'wrong')
  const isCorrection = decision.value === 'correct'
  const isOverride = decision.value === 'approve' && dossier.why.findings.length > 0
  const isReject = decision.value === 'reject'
  const isEmpty = isCorrection && wrong.length === 0
  const [form] = Form.useForm<Draft>()
  const written = Form.useWatch(values => values, form) ?? draft
  const send = (values: Draft): void => onSend({ decision: decision.value, ...bodyOf(values, isCorrection ? wrong : []) })
  return (
    <Modal open title={`办理意见：${decision.label}`} footer={null} onCancel={onClose} width={720}>
      <Form form={form} layout="vertical" initialValues={draft} onValuesChange={(_, values) => onDraft(values)} onFinish={send}>
        {isEmpty && <Alert type="warning" showIcon title="请先在申请内容或材料中把须补正的标为“不符”。" />}
        {isCorrection && <Marks wrong={wrong} codes={dossier.reasonCodes} nameOf={props.nameOf} />}
        {decision.value === 'approve' && wrong.length > 0 && (
          <Alert type="warning" showIcon title={`有 ${wrong.length} 项标为“不符”，请确认仍然通过。`} />
        )}
        {isOverride && <Alert type="warning" showIcon title="自动核验有疑问，仍予通过的须写明理由。" />}
        {isReject && <Form.Item name="reasonCode" label="理由" rules={REQUIRED}><Reasons codes={dossier.reasonCodes} isFirst /></Form.Item>}
        {(isReject || isOverride) && (
          <Form.Item name="reasonText" label="说明" rules={[{ required: isOverride, whitespace: isOverride, message: '请写明理由' }]}>
            <Input.TextArea rows={3} maxLength={2000} autoFocus={isOverride} />
          </Form.Item>
        )}
        {isReject && <NoticePreview id={dossier.task.id} order={{ kind: 'rejected', ...bodyOf(written, []) }} />}
        {isCorrection && !isEmpty && <NoticePreview id={dossier.task.id} order={{ kind: 'correction', ...bodyOf(written, wrong) }} />}
        <Space>
          <Button type="primary" htmlType="submit" autoFocus={!isReject && !isOverride && !isCorrection} disabled={isEmpty} loading={isSending}>
            确定{decision.label}
          </Button>
          <Button onClick={onClose}>取消</Button>
          <span className="quiet" role="status">{SAVED[draftState]}</span>
        </Space>
      </Form>
    </Modal>
  )
}

function Reasons({ codes, isFirst, ...field }: { codes: Dossier['reasonCodes']; isFirst?: boolean }) {
  return <Select {...field} showSearch={{ optionFilterProp: 'label' }} autoFocus={isFirst} options={codes.map(({ code, text }) => ({ value: code, label: text }))} />
}

function Marks({ wrong, codes, nameOf }: { wrong: readonly Verdict[]; codes: Dossier['reasonCodes']; nameOf: Props['nameOf'] }) {
  return wrong.map(({ subject }, index) => (
    <fieldset key={subject} className="mark">
      <legend>{nameOf(subject)}</legend>
      <Form.Item name={['marks', subject, 'reasonCode']} label="理由" rules={REQUIRED}><Reasons codes={codes} isFirst={index === 0} /></Form.Item>
      <Form.Item name={['marks', subject, 'text']} label="给申请人的说明"><Input maxLength={500} /></Form.Item>
    </fieldset>
  ))
}

const MATERIAL = 'material:'
/** Stands in a preview for a reason that has still to be chosen; no code is called so. */
const UNCHOSEN = '-'

function bodyOf({ reasonCode, reasonText, marks = {} }: Draft, wrong: readonly Verdict[]): Omit<CompleteBody, 'decision'> {
  const marked = wrong.map(({ subject }) => {
    const { reasonCode: code = UNCHOSEN, text = '' } = marks[subject] ?? {}
    return { subject, mark: { reasonCode: code, text } }
  })
  const isMaterial = ({ subject }: { subject: string }): boolean => subject.startsWith(MATERIAL)
  const correction = {
    fields: marked.filter(one => !isMaterial(one)).map(({ subject, mark }) => ({ path: subject, ...mark })),
    materials: marked.filter(isMaterial).map(({ subject, mark }) => ({ code: subject.slice(MATERIAL.length), ...mark }))
  }
  return {
    ...(reasonCode && { reasonCode }), ...(reasonText?.trim() && { reasonText }), ...(marked.length > 0 && { correction })
  }
}
