import { useQuery } from '@tanstack/react-query'
import { answer, api } from './api.ts'
import type { Schemas } from './api.ts'
import type { NamedDivision } from './form/context.ts'
import type { Schema, Ui } from './form/schema.ts'

export type Guide = Schemas['Guide']

export interface FormPart {
  readonly schema: Schema
  readonly ui: Ui
}

export interface Forms {
  readonly common: FormPart
  readonly agent: FormPart
  readonly matters: Readonly<Record<string, FormPart>>
}

export interface Places {
  readonly divisions: readonly NamedDivision[]
  readonly provinces: readonly NamedDivision[]
}

const pathOf = (region: string) => ({ params: { path: { region } } })
/** A region's own facts hardly change while somebody fills in a form. */
const staleTime = 10 * 60_000

export function useGuide(region: string) {
  return useQuery({ queryKey: ['guide', region], queryFn: () => answer(api.GET('/regions/{region}/guide', pathOf(region))), staleTime })
}

export function useForms(region: string) {
  const queryFn = async () => await answer(api.GET('/regions/{region}/forms', pathOf(region))) as unknown as Forms
  return useQuery({ queryKey: ['forms', region], queryFn, staleTime })
}

export function usePlaces(region: string) {
  const queryFn = (): Promise<Places> => answer(api.GET('/regions/{region}/divisions', pathOf(region)))
  return useQuery({ queryKey: ['divisions', region], queryFn, staleTime })
}

/** The title of a matter, as the guide names it. */
export function titleOf(guide: Guide, slug: string): string {
  return guide.matters.find(matter => matter.slug === slug)?.title ?? slug
}
