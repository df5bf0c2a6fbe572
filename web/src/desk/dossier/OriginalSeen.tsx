import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { answer, api } from '../../shared/api.ts'
import { moment } from '../../shared/words.ts'
import { refusal } from '../shared/refusal.ts'
import type { MaterialEntry } from './use-dossier.ts'

interface Props {
  readonly applicationId: string
  readonly entry: MaterialEntry
  readonly isMine: boolean
}

/** 原件已核: who saw the original says how; the trail keeps it. Nothing is shown for a material whose original nobody has to see. */
export function OriginalSeen({ applicationId, entry: { code, name, original }, isMine }: Props) {
  const queries = useQueryClient()
  const { message } = App.useApp()
  const seen = useMutation({
    mutationFn: (way: 'window' | 'licence') =>
      answer(api.POST('/applications/{id}/originals', { params: { path: { id: applicationId } }, body: { code, way } })),
    onSuccess: () => void message.success(`已登记“${name}”原件已核`),
    onError: error => void message.error(refusal(error)),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['dossier'] })
  })
  if (!original) return null
  if (original.isVerified) return <div className="quiet">原件已核{original.verifiedAt && `（${moment(original.verifiedAt)}）`}</div>
  return original.ways.map(({ way, text }) => (
    <Button key={way} size="small" disabled={!isMine || seen.isPending} aria-label={`${name}：原件已核，${text}`} onClick={() => seen.mutate(way)}>
      原件已核（{way === 'window' ? '已看原件' : '已与电子证照比对'}）
    </Button>
  ))
}
