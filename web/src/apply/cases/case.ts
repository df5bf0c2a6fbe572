import { useQuery } from '@tanstack/react-query'
import { answer, api } from '../../shared/api.ts'
import type { Schemas } from '../../shared/api.ts'
import { lookAgain } from './look-again.ts'

export type Case = Schemas['Application']
export type Item = Schemas['Item']

/** One submitted application, read again every few seconds until it is closed. */
export function useCase(id: string) {
  return useQuery({
    queryKey: ['case', id],
    queryFn: () => answer(api.GET('/applications/{id}', { params: { path: { id } } })),
    refetchInterval: query => lookAgain(query.state)
  })
}

/** Whether nothing will change about an item any more. */
export function isFinal({ status }: Pick<Item, 'status'>): boolean {
  return ['delivered', 'rejected', 'withdrawn', 'not-accepted'].includes(status)
}

/** Whether an item can still be taken back by its applicant. */
export function isOpen({ status }: Pick<Item, 'status'>): boolean {
  return ['submitted', 'accepted', 'waiting', 'reviewing', 'correcting'].includes(status)
}
