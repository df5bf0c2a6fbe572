import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Spin } from 'antd'
import { useState } from 'react'
import { answer, api } from '../../shared/api.ts'
import type { Schemas } from '../../shared/api.ts'
import { titleOf } from '../../shared/region.ts'
import type { Guide } from '../../shared/region.ts'
import { useKeys } from '../shared/use-keys.ts'
import type { Found } from './PersonFound.tsx'

interface MatterPickerProps {
  readonly guide: Guide
  readonly person: Found['person']
  readonly initial: readonly string[]
  readonly isBusy: boolean
  readonly onChosen: (matters: string[]) => void
}

/** The matters by number keys; what cannot be chosen says why and by which clause, what is chosen what it needs and how long. */
export function MatterPicker({ guide, person, initial, isBusy, onChosen }: MatterPickerProps) {
  const region = guide.region.slug
  const { birthDate, sex, idType } = person
  const facts = { birthDate, sex, idType: idType as Schemas['Facts']['idType'] }
  const [chosen, setChosen] = useState(initial)
  const params = { path: { region } }
  const advice = useQuery({
    queryKey: ['recommend', region, facts],
    queryFn: () => answer(api.POST('/regions/{region}/recommend', { params, body: { channel: 'window', answers: {}, facts } }))
  })
  const { matters = [], choices = [] } = advice.data ?? {}
  const barOf = (slug: string): readonly { message: string; clause: string | null }[] => {
    if (chosen.includes(slug)) return []
    const pairs = choices.filter(pair => pair.matters.includes(slug) && pair.matters.some(one => chosen.includes(one)))
    return pairs.length > 0 ? pairs : matters.find(one => one.slug === slug && one.verdict === 'not-possible')?.reasons ?? []
  }
  const toggle = (slug: string): void => {
    if (barOf(slug).length > 0) return
    const next = chosen.includes(slug) ? chosen.filter(one => one !== slug) : [...chosen, slug]
    setChosen(matters.map(one => one.slug).filter(one => next.includes(one)))
  }
  useKeys({
    ...Object.fromEntries(matters.slice(0, 9).map(({ slug }, index) => [String(index + 1), () => toggle(slug)]))
  })
  if (advice.error) return <Alert type="error" showIcon title={advice.error.message} />
  if (!advice.data) return <Spin description="正在核对条件" />
  return (
    <form className="panel" onSubmit={event => { event.preventDefault(); if (chosen.length > 0 && !isBusy) onChosen([...chosen]) }}>
      <fieldset className="field">
        <legend>办理事项（按数字键选择）</legend>
        {matters.map(({ slug, title }, index) => (
          <MatterLine
            key={slug} {...{ slug, title, number: index + 1 }} isFirst={index === 0} isChosen={chosen.includes(slug)}
            bars={barOf(slug)}
            onToggle={() => toggle(slug)}
          />
        ))}
      </fieldset>
      {chosen.length > 0 && <WhatFollows guide={guide} matters={chosen} facts={facts} />}
      <Button type="primary" htmlType="submit" loading={isBusy} disabled={chosen.length === 0}>开始录入（回车）</Button>
    </form>
  )
}

interface MatterLineProps {
  readonly slug: string
  readonly title: string
  readonly number: number
  readonly isFirst: boolean
  readonly isChosen: boolean
  readonly bars: readonly { readonly message: string; readonly clause: string | null }[]
  readonly onToggle: () => void
}

function MatterLine({ slug, title, number, isFirst, isChosen, bars, onToggle }: MatterLineProps) {
  const id = `bar-${slug}`
  return (
    <div>
      <label className="option">
        {/* Not disabled: the first one takes the focus after the card, and Enter goes on from any of them. */}
        <input
          type="checkbox" autoFocus={isFirst} checked={isChosen} aria-disabled={bars.length > 0}
          aria-describedby={bars.length > 0 ? id : undefined} onChange={onToggle}
        />
        <span><kbd>{number}</kbd> {title}</span>
      </label>
      {bars.length > 0 &&
        <div id={id} className="bars">{bars.map(({ message, clause }) => <p key={message}>不能选：{message}（{clause}）</p>)}</div>}
    </div>
  )
}

interface WhatFollowsProps extends Pick<MatterPickerProps, 'guide'> {
  readonly matters: readonly string[]
  readonly facts: Schemas['Facts']
}

function WhatFollows({ guide, matters, facts }: WhatFollowsProps) {
  const params = { path: { region: guide.region.slug } }
  const precheck = useQuery({
    queryKey: ['precheck', guide.region.slug, matters, facts],
    queryFn: () => answer(api.POST('/regions/{region}/precheck', { params, body: { channel: 'window', matters: [...matters], facts } })),
    placeholderData: before => before
  })
  const { deadlines = [], materials = [] } = precheck.data ?? {}
  return (
    <div aria-live="polite" className="follows">
      <p>{deadlines.map(({ slug, kind, promisedWorkingDays }) =>
        `${titleOf(guide, slug)}：${kind === 'immediate' ? '即时办结' : `${promisedWorkingDays} 个工作日`}`).join('；')}</p>
      <p>材料：{materials.filter(({ required }) => required).map(({ name }) => name).join('、') || '无'}</p>
    </div>
  )
}
