import { useQuery } from '@tanstack/react-query'
import { answer, api } from '../../shared/api.ts'
import type { paths } from '../../shared/api.generated.ts'

type Options = paths['/rating-options']['get']['responses']['200']['content']['application/json']
type Choice = { readonly value: string; readonly label: string }

/** The levels of 好差评 and the reasons for a bad one. */
export function useRatingOptions() {
  return useQuery({ queryKey: ['rating-options'], queryFn: () => answer(api.GET('/rating-options')), staleTime: Infinity })
}

export const levelsOf = ({ levels }: Options): Choice[] => levels.map(({ level, label }) => ({ value: String(level), label: label ?? '' }))
export const reasonsOf = ({ reasons }: Options): Choice[] => reasons.map(({ code, text }) => ({ value: code ?? '', label: text ?? '' }))
