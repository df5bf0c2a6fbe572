import { useQuery } from '@tanstack/react-query'
import { answer, api } from '../../shared/api.ts'
import type { Schemas } from '../../shared/api.ts'

export type Dossier = Schemas['Dossier']
export type FormSection = Schemas['FormSection']
export type Verdict = Dossier['verdicts'][number]
export type MaterialEntry = Schemas['MaterialEntry']

/** The case around a task. */
export function useDossier(id: string) {
  return useQuery({ queryKey: ['dossier', id], queryFn: () => answer(api.GET('/tasks/{id}/dossier', { params: { path: { id } } })) })
}

/** The materials of a case with their state. */
export function useMaterials(applicationId: string | undefined) {
  return useQuery({
    queryKey: ['dossier', 'materials', applicationId],
    enabled: applicationId !== undefined,
    queryFn: async () => (await answer(api.GET('/applications/{id}/materials', { params: { path: { id: applicationId! } } }))).materials
  })
}

/** What somebody found at this task, by subject. */
export function verdictsOf(dossier: Dossier): ReadonlyMap<string, Verdict> {
  return new Map(dossier.verdicts.filter(({ taskId }) => taskId === dossier.task.id).map(one => [one.subject, one]))
}
