import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import { Alert } from 'antd'
import type { ReactNode } from 'react'
import { Loaded } from '../../staff/Loaded.tsx'
import { useIsSupervisor } from '../frame/Frame.tsx'
import { More } from '../frame/More.tsx'
import { OpinionEntry } from './OpinionEntry.tsx'
import { RatingEntry } from './RatingEntry.tsx'
import { useBadRatings, useOpinions } from './use-voices.ts'

/** What citizens rated badly or wrote, and the replies to them. */
export function VoicesPage() {
  const isSupervisor = useIsSupervisor()
  const open = useBadRatings('open', isSupervisor)
  const replied = useBadRatings('replied', isSupervisor)
  const received = useOpinions('received', isSupervisor)
  const processing = useOpinions('processing', isSupervisor)
  if (!isSupervisor) return <><h1>评价与意见</h1><Alert type="info" showIcon title="评价和意见由督办人员回复。" /></>
  return (
    <>
      <h1>评价与意见</h1>
      <Entries caption="待回复的差评" empty="没有待回复的差评。" pages={open}>{one => <RatingEntry rating={one} />}</Entries>
      <Entries caption="新收到的意见" empty="没有新收到的意见。" pages={received}>{one => <OpinionEntry opinion={one} />}</Entries>
      <Entries caption="处理中的意见" empty="没有处理中的意见。" pages={processing}>{one => <OpinionEntry opinion={one} />}</Entries>
      <Entries caption="已回复的差评" empty="还没有回复过差评。" pages={replied}>{one => <RatingEntry rating={one} />}</Entries>
    </>
  )
}

interface EntriesProps<T> {
  readonly caption: string
  readonly empty: string
  readonly pages: UseInfiniteQueryResult<InfiniteData<T[]>>
  readonly children: (one: T) => ReactNode
}

/** One list, page after page, the oldest first. */
function Entries<T extends { readonly id: string }>({ caption, empty, pages, children }: EntriesProps<T>) {
  return (
    <section aria-label={caption}>
      <h2>{caption}</h2>
      <Loaded query={pages}>
        {({ pages: all }) => {
          const entries = all.flat()
          return entries.length === 0
            ? <p className="quiet">{empty}</p>
            : <ul className="incidents">{entries.map(one => <li key={one.id}>{children(one)}</li>)}</ul>
        }}
      </Loaded>
      <More pages={pages} />
    </section>
  )
}
