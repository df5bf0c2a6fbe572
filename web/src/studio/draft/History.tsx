import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Drawer } from 'antd'
import { answer, api } from '../../shared/api.ts'
import { Loaded } from '../../staff/Loaded.tsx'
import { moment } from '../../staff/labels.ts'
import { Table } from '../../staff/Table.tsx'
import type { Draft } from './use-draft.ts'
import { useSaveDraft } from './use-draft.ts'

interface Props {
  readonly draft: Draft
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** Every saved state of a draft; an earlier one is taken back by saving it anew, so nothing is lost by that either. */
export function History({ draft, isOpen, onClose }: Props) {
  const revisions = useQuery({
    queryKey: ['revisions', draft.id], enabled: isOpen,
    queryFn: async () => (await answer(api.GET('/drafts/{draft}/revisions', { params: { path: { draft: draft.id } } }))).revisions
  })
  const save = useSaveDraft(draft.id)
  return (
    <Drawer title="草案的历史" open={isOpen} onClose={onClose} size="large">
      {save.error && <Alert type="error" showIcon title={save.error.message} />}
      <Loaded query={revisions}>
        {all => (
          <Table
            caption="历次保存，最近的在前" head={['次序', '时间', '保存人', '操作']} empty="还没有保存过。"
            rows={all.map(({ version, xml, savedAt, savedBy }) => ({
              key: String(version),
              cells: [
                `第 ${version} 次`, moment(savedAt), <code key="by">{savedBy}</code>,
                version === draft.version || draft.state !== 'editing' ? '' : (
                  <Button key="back" loading={save.isPending} onClick={() => save.mutate({ xml, version: draft.version }, { onSuccess: onClose })}>
                    恢复到这一次
                  </Button>
                )
              ]
            }))}
          />
        )}
      </Loaded>
    </Drawer>
  )
}
