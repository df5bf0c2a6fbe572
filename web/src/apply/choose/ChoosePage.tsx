import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { ErrorNote } from '../frame/ErrorNote.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { RequireLogin } from '../frame/RequireLogin.tsx'
import { Ticks } from '../frame/Ticks.tsx'
import { useGuide } from '../../shared/region.ts'
import { factsOf, readPrefill } from '../../shared/prefill.ts'
import { MatterChoice } from './MatterChoice.tsx'
import { createDraft, FOR_RELATIVE } from './new-draft.ts'

const FOR_WHOM = [{ value: 'self', label: '为自己办' }, { value: FOR_RELATIVE, label: '替亲友办（您作为代办人）' }] as const

/** The choice of matters for a new application; it ends in a draft that holds what is known already. */
export function ChoosePage() {
  const { region = '' } = useParams()
  return <RequireLogin><Choose region={region} /></RequireLogin>
}

function Choose({ region }: { region: string }) {
  const guide = useGuide(region)
  const known = useQuery({ queryKey: ['prefill', region], queryFn: () => readPrefill(region, []) })
  const navigate = useNavigate()
  const [search, setSearch] = useSearchParams()
  const forWhom = search.get('for') ?? 'self'
  const isForRelative = forWhom === FOR_RELATIVE
  const create = useMutation({
    mutationFn: (matters: string[]) => createDraft(region, matters, isForRelative),
    onSuccess: id => navigate(`/drafts/${id}/person`)
  })
  return (
    <Page title="您要办理哪些事项？">
      <Ticks
        id="field-for" legend="为谁办理？" isMultiple={false} choices={FOR_WHOM} chosen={[forWhom]}
        onToggle={value => setSearch(value === FOR_RELATIVE ? { for: FOR_RELATIVE } : {}, { replace: true })}
      />
      {isForRelative && <p className="hint">下一步请填亲友的信息。您的姓名和证件号码会填作代办人；代办承诺书在材料那一页下载，签名后拍照上传。</p>}
      <p>可以一次选多项，只填一张表。颜色变灰的不能选，下面写着原因。</p>
      <Loaded query={guide}>
        {place => (
          <Loaded query={known}>
            {({ common }) => (
              <MatterChoice
                key={forWhom} guide={place} facts={isForRelative ? {} : factsOf(common)} initial={[]} isBusy={create.isPending}
                onChosen={matters => create.mutate(matters)}
              >
                <ErrorNote error={create.error} />
              </MatterChoice>
            )}
          </Loaded>
        )}
      </Loaded>
    </Page>
  )
}
