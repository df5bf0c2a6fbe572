import { useQuery } from '@tanstack/react-query'
import { answer, api } from '../../shared/api.ts'
import type { Schemas } from '../../shared/api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { titleOf } from '../../shared/region.ts'
import type { Guide } from '../../shared/region.ts'

interface WhatFollowsProps {
  readonly guide: Guide
  readonly matters: readonly string[]
  readonly facts: Schemas['Facts']
}

/** What the selection asks for and until when it would be done, by the rules as of now. */
export function WhatFollows({ guide, matters, facts }: WhatFollowsProps) {
  const params = { path: { region: guide.region.slug } }
  const precheck = useQuery({
    queryKey: ['precheck', guide.region.slug, matters, facts],
    queryFn: () => answer(api.POST('/regions/{region}/precheck', { params, body: { channel: 'online', matters: [...matters], facts } })),
    placeholderData: before => before
  })
  return (
    <section aria-live="polite">
      <h2>需要什么，多久办好</h2>
      <Loaded query={precheck}>
        {({ deadlines, materials }) => (
          <>
            <ul>
              {deadlines.map(({ slug, kind, promisedWorkingDays, dueDate, isProvisional }) => (
                <li key={slug}>
                  {titleOf(guide, slug)}：{kind === 'immediate' ? '受理当日办结' : `${promisedWorkingDays} 个工作日`}
                  {kind !== 'immediate' && `，今天受理的在 ${dueDate} 前办结${isProvisional ? '（暂定）' : ''}`}
                </li>
              ))}
            </ul>
            <details>
              <summary>要准备的材料（{materials.filter(({ required }) => required).length} 种必交）</summary>
              <ul>
                {materials.map(({ code, name, required, condition }) => (
                  <li key={code}>{name}{required ? '' : `（${condition ?? '按需提供'}）`}</li>
                ))}
              </ul>
            </details>
          </>
        )}
      </Loaded>
    </section>
  )
}
