import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { ApiError, answer, api } from '../../shared/api.ts'
import type { Schemas } from '../../shared/api.ts'
import { ErrorNote } from '../frame/ErrorNote.tsx'
import { ErrorSummary } from '../frame/ErrorSummary.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { RequireLogin } from '../frame/RequireLogin.tsx'
import { Ticks } from '../frame/Ticks.tsx'

type Contact = Schemas['NotificationContact']

const KEY = ['notification-contact']
const RELATIONS: Readonly<Record<string, string>> = { child: '子女', spouse: '配偶', parent: '父母', sibling: '兄弟姐妹', other: '其他亲友' }
const MOBILE = /^1[3-9]\d{9}$/

/** 亲友 who get the text messages as well, for whoever does not read them alone: a setting, no field of the form. */
export function ContactPage() {
  const contact = useQuery({ queryKey: KEY, queryFn: () => answer(api.GET('/account/notification-contact')) })
  return (
    <RequireLogin>
      <Page title="让亲友也收到短信">
        <p>办理进展的短信会同时发给您和您指定的亲友。亲友只收到短信，不能代您办理。随时可以更换或取消。</p>
        <Loaded query={contact}>{({ contact: named }) => (named ? <Named contact={named} /> : <NameOne />)}</Loaded>
        <p><Link to="/mine">我的办件</Link></p>
      </Page>
    </RequireLogin>
  )
}

function Named({ contact: { name, relation, mobile } }: { contact: { name: string; relation: string; mobile: string } }) {
  const queries = useQueryClient()
  const drop = useMutation({
    mutationFn: () => answer(api.DELETE('/account/notification-contact')),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY })
  })
  return (
    <div className="note good">
      <p role="status">短信同时发给：{name}（{RELATIONS[relation] ?? relation}），手机 {mobile}</p>
      <ErrorNote error={drop.error} />
      <p><button type="button" className="quiet" onClick={() => drop.mutate()}>取消，不再发给亲友</button></p>
    </div>
  )
}

function NameOne() {
  const [name, setName] = useState('')
  const [relation, setRelation] = useState<Contact['relation']>()
  const [mobile, setMobile] = useState('')
  const [attempt, setAttempt] = useState(0)
  const queries = useQueryClient()
  const save = useMutation({
    mutationFn: (contact: Contact) => answer(api.PUT('/account/notification-contact', { body: contact })),
    onError: () => setAttempt(before => before + 1),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY })
  })
  const mistakes = [
    ...name.trim() ? [] : [{ path: '/name', message: '请填写亲友姓名' }],
    ...relation ? [] : [{ path: '/relation', message: '请选择亲友与您的关系' }],
    ...MOBILE.test(mobile) ? [] : [{ path: '/mobile', message: '手机号码应为1开头的11位数字' }]
  ]
  const refused = save.error instanceof ApiError ? save.error.fields : []
  const submit = (): void => {
    setAttempt(attempt + 1)
    if (relation && mistakes.length === 0) save.mutate({ name: name.trim(), relation, mobile })
  }
  return (
    <form noValidate onSubmit={event => { event.preventDefault(); submit() }}>
      <ErrorSummary mistakes={attempt === 0 ? [] : mistakes.length > 0 ? mistakes : refused} attempt={attempt} />
      <Line id="field-name" label="亲友姓名" type="text" value={name} onChange={setName} />
      <Ticks
        id="field-relation" legend="亲友是您的" isMultiple={false} chosen={relation ? [relation] : []}
        choices={Object.entries(RELATIONS).map(([value, label]) => ({ value, label }))}
        onToggle={value => setRelation(value as Contact['relation'])}
      />
      <Line id="field-mobile" label="亲友手机号" type="tel" value={mobile} onChange={setMobile} />
      <ErrorNote error={save.error} />
      <div className="actions"><button type="submit" className="wide">{save.isPending ? '正在保存…' : '保存'}</button></div>
    </form>
  )
}

interface LineProps {
  readonly id: string
  readonly label: string
  readonly type: 'text' | 'tel'
  readonly value: string
  readonly onChange: (value: string) => void
}

function Line({ id, label, type, value, onChange }: LineProps) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} type={type} value={value} autoComplete="off" maxLength={30} onChange={event => onChange(event.target.value)} />
    </div>
  )
}
