import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Select } from 'antd'
import { useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { answer, api } from '../../shared/api.ts'
import { KINDS } from '../labels.ts'
import { useDefinitions } from './use-drafts.ts'

/** Begins a draft from the version in force, or from a file for the same model. */
export function NewDraft() {
  const { data: definitions = [] } = useDefinitions()
  const [key, setKey] = useState<string>()
  const file = useRef<HTMLInputElement>(null)
  const begin = useBegin()
  const groups = (['process', 'decision'] as const).map(kind => ({
    label: KINDS[kind], title: KINDS[kind],
    options: definitions.filter(one => one.kind === kind).map(({ key: value, name, version }) => ({ value, label: `${name}（现行第 ${version} 版）` }))
  }))
  return (
    <section className="new-draft" aria-label="另起草案">
      <Select
        aria-label="现行的流程或规则表" placeholder="选一个现行的流程或规则表" className="model-choice" value={key ?? null} options={groups}
        showSearch={{ optionFilterProp: 'label' }} onChange={value => setKey(value)}
      />
      <Button type="primary" disabled={!key} loading={begin.isPending} onClick={() => begin.mutate({ key: key! })}>由现行版本另起草案</Button>
      <Button disabled={!key || begin.isPending} onClick={() => file.current?.click()}>由文件另起草案</Button>
      <input
        ref={file} type="file" hidden accept=".bpmn,.dmn,.xml" aria-label="流程图或规则表的文件"
        onChange={({ target }) => {
          const [chosen] = target.files ?? []
          if (chosen && key) begin.mutate({ key, file: chosen })
          target.value = ''
        }}
      />
      {begin.error && <Alert type="error" showIcon title={begin.error.message} />}
    </section>
  )
}

function useBegin() {
  const navigate = useNavigate()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async ({ key, file }: { key: string; file?: File }) =>
      answer(api.POST('/drafts', { body: file ? { key, xml: await file.text() } : { key } })),
    onSuccess: ({ id }) => void navigate(`/drafts/${id}`),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['drafts'] })
  })
}
