import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { ApiError, answer, api } from '../../shared/api.ts'
import { newKey } from '../../shared/key.ts'
import { ErrorNote } from '../frame/ErrorNote.tsx'
import { ErrorSummary } from '../frame/ErrorSummary.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { RequireLogin } from '../frame/RequireLogin.tsx'
import { readKept, writeKept } from '../kept.ts'
import { useForms, usePlaces } from '../../shared/region.ts'
import type { Forms, Places } from '../../shared/region.ts'
import { AskedAgain, bodyOf } from './AskedAgain.tsx'
import type { Corrected } from './AskedAgain.tsx'
import { useCase } from './case.ts'
import type { Case, Item } from './case.ts'
import { mistakesOf } from './correction-mistakes.ts'

/** 补正: only the fields and materials that were asked for, each with its reason. */
export function CorrectionPage() {
  const { id = '', slug = '' } = useParams()
  return (
    <RequireLogin>
      <Loaded query={useCase(id)}>
        {one => {
          const item = one.items.find(candidate => candidate.slug === slug)
          return item?.correction ? <WithForms one={one} item={item} /> : <NothingAsked />
        }}
      </Loaded>
    </RequireLogin>
  )
}

function NothingAsked() {
  return <Page title="没有要补正的内容"><p>这个事项没有待补正的内容，或已经补正，或期限已过。请回到“我的办件”查看。</p></Page>
}

function WithForms({ one, item }: { one: Case; item: Item }) {
  const forms = useForms(one.region)
  const places = usePlaces(one.region)
  return (
    <Loaded query={forms}>
      {known => <Loaded query={places}>{where => <Correct one={one} item={item} forms={known} places={where} />}</Loaded>}
    </Loaded>
  )
}

function Correct({ one, item, forms, places }: { one: Case; item: Item; forms: Forms; places: Places }) {
  const correction = item.correction!
  const name = `correction:${correction.id}`
  const [key] = useState(newKey)
  const [attempt, setAttempt] = useState(0)
  const [corrected, setCorrected] = useState<Corrected>(() => readKept(name) ?? { content: one.content!, materials: {} })
  const navigate = useNavigate()
  const params = { path: { id: one.id, slug: item.slug }, header: { 'Idempotency-Key': key } }
  const checklist = useQuery({
    queryKey: ['checklist', one.id],
    queryFn: () => answer(api.GET('/applications/{id}/materials', { params: { path: { id: one.id } } }))
  })
  const send = useMutation({
    mutationFn: () => answer(api.POST('/applications/{id}/items/{slug}/correction', { params, body: bodyOf(correction, corrected) })),
    onError: () => setAttempt(before => before + 1),
    onSuccess: () => {
      writeKept(name, null)
      void navigate(`/cases/${one.id}`)
    }
  })
  const change = (next: Corrected): void => {
    setCorrected(next)
    writeKept(name, next)
  }
  const nameOf = (code: string): string => checklist.data?.materials.find(one => one.code === code)?.name ?? code
  const fields = mistakesOf(send.error instanceof ApiError ? send.error.fields : [], Object.keys(corrected.materials), nameOf)
  return (
    <Page title={`补正：${item.title}`} mistakes={fields.length}>
      {correction.deadline && <p>请在 <strong>{correction.deadline}</strong> 前提交。只需改下面这几项，改完一次提交。</p>}
      <ErrorSummary mistakes={fields} attempt={attempt} />
      <form noValidate onSubmit={event => { event.preventDefault(); send.mutate() }}>
        <AskedAgain
          id={one.id} correction={correction} corrected={corrected} forms={forms} places={places} problems={fields}
          onChange={change} nameOf={nameOf}
        />
        <ErrorNote error={send.error} />
        <div className="actions"><button type="submit" className="wide">{send.isPending ? '正在提交…' : '提交补正'}</button></div>
      </form>
    </Page>
  )
}
