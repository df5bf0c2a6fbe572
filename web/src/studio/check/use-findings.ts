import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { answer, api } from '../../shared/api.ts'
import type { paths } from '../../shared/api.generated.ts'
import type { Draft } from '../draft/use-draft.ts'

type Lint = paths['/drafts/{draft}/lint']['post']['responses']['200']['content']['application/json']

const all = (lint: Lint): Lint => lint
const findingsIn = ({ findings }: Lint): Lint['findings'] => findings

/** What the rules of docs/lint find in a draft as it is saved; what was found before stays until the answer is there. */
export function useFindings(draft: Pick<Draft, 'id' | 'version'>) {
  return useLintOf(draft, findingsIn)
}

/** The same with what hinders no release but is to be known before it. */
export function useLint(draft: Pick<Draft, 'id' | 'version'>) {
  return useLintOf(draft, all)
}

function useLintOf<T>({ id, version }: Pick<Draft, 'id' | 'version'>, select: (lint: Lint) => T) {
  return useQuery({
    queryKey: ['lint', id, version], placeholderData: keepPreviousData, select,
    queryFn: () => answer(api.POST('/drafts/{draft}/lint', { params: { path: { draft: id } } }))
  })
}
