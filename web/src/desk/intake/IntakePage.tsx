import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Spin } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { answer, api } from '../../shared/api.ts'
import { newKey } from '../../shared/key.ts'
import type { Prefill } from '../../shared/prefill.ts'
import { useGuide } from '../../shared/region.ts'
import { useMe } from '../../shared/session.ts'
import { CardInput } from './CardInput.tsx'
import { MatterPicker } from './MatterPicker.tsx'
import { PersonFound } from './PersonFound.tsx'
import './intake.css'

/** Where the draft page finds what was known, for as long as this page of the browser lives. */
export const knownKey = (id: string) => ['intake-known', id] as const

/** 综合窗口收件: the card first, then the matters; it ends in a draft that holds what is known already. */
export function IntakePage() {
  const region = useMe().data?.region ?? ''
  const guide = useGuide(region)
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [reading, setReading] = useState('')
  const [begun, setBegun] = useState<string>()
  const person = useMutation({ mutationFn: (text: string) => answer(api.POST('/window/person', { body: { reading: text } })) })
  const create = useMutation({
    mutationFn: (matters: string[]) => createDraft(region, reading, matters, begun),
    onSuccess: ({ id, known }) => {
      queries.setQueryData(knownKey(id), known)
      void navigate(`/intake/${id}`)
    }
  })
  if (guide.error) return <Alert type="error" showIcon title={guide.error.message} />
  if (!guide.data) return <Spin description="正在打开收件" />
  const read = (text: string): void => {
    setReading(text)
    setBegun(undefined)
    person.mutate(text)
  }
  return (
    <div className="intake form-fields">
      <h1>综合窗口收件</h1>
      <section className="panel" aria-label="读取证件">
        <CardInput label="申请人证件" hasFocus isBusy={person.isPending} error={person.error} onRead={read} />
      </section>
      {person.data && (
        <>
          <PersonFound found={person.data} guide={guide.data} reading={reading} begun={begun} onBegin={setBegun} />
          <MatterPicker
            key={`${reading} ${begun ?? ''}`} guide={guide.data} person={person.data.person} isBusy={create.isPending}
            initial={person.data.drafts.find(({ id }) => id === begun)?.matters ?? []}
            onChosen={matters => create.mutate(matters)}
          />
        </>
      )}
      {create.error && <Alert type="error" showIcon title={create.error.message} />}
    </div>
  )
}

/** A draft with everything that card, registers, last application and a draft of the person tell. */
async function createDraft(
  region: string, reading: string, matters: string[], draft: string | undefined
): Promise<{ id: string; known: Prefill }> {
  const prefilled = await answer(api.POST('/window/prefill', { body: { reading, matters, ...(draft && { draft }) } }))
  const { common, items, agent } = prefilled
  const body = { region, channel: 'window' as const, matters, common, items, agent }
  const { id } = await answer(api.POST('/applications', { params: { header: { 'Idempotency-Key': newKey() } }, body: body as never }))
  return { id, known: prefilled as unknown as Prefill }
}
