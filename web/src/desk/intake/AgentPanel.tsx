import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Tag } from 'antd'
import { answer, api } from '../../shared/api.ts'
import type { DraftState } from '../../shared/draft/draft-store.ts'
import { ObjectFields } from '../../shared/form/ObjectFields.tsx'
import { moment } from '../labels.ts'
import { CardInput } from './CardInput.tsx'
import type { OpenDraft } from '../../shared/draft/open-draft.ts'
import { intakeKey } from './use-intake.ts'
import type { Intake } from './use-intake.ts'

interface AgentPanelProps {
  readonly draft: OpenDraft
  readonly state: DraftState
  readonly intake: Intake | undefined
}

/** 代办人: the card fills in who it is, and is held against the form on the server; relation and letter are added here. */
export function AgentPanel({ draft: { id, store, forms }, state, intake }: AgentPanelProps) {
  const { agent } = state.body
  const queries = useQueryClient()
  const check = useMutation({
    mutationFn: async (reading: string) => {
      const { person } = await answer(api.POST('/window/person', { body: { reading } }))
      const { name, idType, idNumber } = person
      store.change('/agent', { ...store.current().body.agent, name, idType, idNumber })
      await store.save()
      return answer(api.POST('/applications/{id}/agent-check', { params: { path: { id } }, body: { reading } }))
    },
    onSuccess: checked => queries.setQueryData(intakeKey(id), checked)
  })
  return (
    <section className="panel" aria-labelledby="agent-title">
      <h2 id="agent-title">办理方式</h2>
      <label className="option">
        <input type="checkbox" checked={agent !== null} onChange={event => store.change('/agent', event.target.checked ? {} : null)} />
        <span>由代办人办理</span>
      </label>
      {agent !== null && (
        <div id="field-agent" tabIndex={-1}>
          <p>{intake?.agentCheckedAt ? <Tag>代办人身份已核验（{moment(intake.agentCheckedAt)}）</Tag> : <Tag>尚未核验代办人身份</Tag>}</p>
          <CardInput label="代办人证件" isBusy={check.isPending} error={check.error} onRead={reading => check.mutate(reading)} />
          <div className="grid-fields"><ObjectFields {...forms.agent} value={agent} pointer="/agent" /></div>
        </div>
      )}
    </section>
  )
}
