import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { answer, api } from '../../shared/api.ts'
import type { Schemas } from '../../shared/api.ts'
import { ErrorSummary } from '../frame/ErrorSummary.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { readKept } from '../kept.ts'
import type { Guide } from '../../shared/region.ts'
import { MatterOption } from './MatterOption.tsx'
import { WhatFollows } from './WhatFollows.tsx'

type Facts = Schemas['Facts']
type Answers = Record<string, string | string[]>

interface MatterChoiceProps {
  readonly guide: Guide
  readonly facts: Facts
  readonly initial: readonly string[]
  readonly isBusy: boolean
  readonly onChosen: (matters: string[]) => void
  /** What is said beside the button. */
  readonly children: ReactNode
}

/** Name under which a tab keeps the answers to 智能引导. */
export const answersOf = (region: string): string => `answers:${region}`

/** Which matters: what cannot be chosen is grey and says why, by which clause; what is chosen shows at once what follows. */
export function MatterChoice({ guide, facts, initial, isBusy, onChosen, children }: MatterChoiceProps) {
  const region = guide.region.slug
  const [chosen, setChosen] = useState(initial)
  const [attempt, setAttempt] = useState(0)
  const answers = readKept<Answers>(answersOf(region)) ?? {}
  const path = { params: { path: { region } } }
  const advice = useQuery({
    queryKey: ['recommend', region, answers, facts],
    queryFn: () => answer(api.POST('/regions/{region}/recommend', { ...path, body: { channel: 'online', answers, facts } }))
  })
  const mistakes = attempt > 0 && chosen.length === 0 ? [{ path: '/matters', message: '请至少选择一个事项' }] : []
  const toggle = (slug: string): void =>
    setChosen(chosen.includes(slug) ? chosen.filter(one => one !== slug) : inOrder(guide, [...chosen, slug]))
  const submit = (): void => {
    if (chosen.length > 0) onChosen([...chosen])
    else setAttempt(attempt + 1)
  }
  return (
    <form noValidate onSubmit={event => { event.preventDefault(); submit() }}>
      <ErrorSummary mistakes={mistakes} attempt={attempt} />
      <Loaded query={advice}>
        {({ matters, choices }) => (
          <fieldset id="field-matters" className="field" tabIndex={-1}>
            <legend className="unseen">办理事项</legend>
            {matters.map(matter => (
              <MatterOption
                key={matter.slug} matter={matter} isChosen={chosen.includes(matter.slug)} onToggle={() => toggle(matter.slug)}
                conflicts={choices.filter(pair => isBarredBy(pair.matters, matter.slug, chosen))}
              />
            ))}
          </fieldset>
        )}
      </Loaded>
      {chosen.length > 0 && <WhatFollows guide={guide} matters={chosen} facts={facts} />}
      {children}
      <div className="actions"><button type="submit" className="wide">{isBusy ? '请稍候…' : '开始填写'}</button></div>
    </form>
  )
}

function inOrder(guide: Guide, chosen: readonly string[]): string[] {
  return guide.matters.map(({ slug }) => slug).filter(slug => chosen.includes(slug))
}

function isBarredBy(pair: readonly string[], slug: string, chosen: readonly string[]): boolean {
  return pair.includes(slug) && pair.some(one => one !== slug && chosen.includes(one))
}
