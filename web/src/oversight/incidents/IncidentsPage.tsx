import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { answer, api } from '../../shared/api.ts'
import type { paths } from '../../shared/api.generated.ts'
import { moment } from '../../staff/labels.ts'
import { useIsSupervisor } from '../frame/Frame.tsx'
import { Loaded } from '../../staff/Loaded.tsx'
import { Table } from '../../staff/Table.tsx'

type Answer = paths['/incidents']['get']['responses']['200']['content']['application/json']
type Incident = Answer['incidents'][number]

const readIncidents = () => answer(api.GET('/incidents'))
/** How long a step that was tried again may take before we look whether it stands still once more. */
const SETTLE_MS = 4_000

/** Steps that stand still until a person acts, in plain words, each with a retry that asks first whether the cause is gone. */
export function IncidentsPage() {
  const incidents = useQuery({ queryKey: ['incidents'], queryFn: readIncidents, refetchInterval: 30_000 })
  const { retry, said } = useRetry()
  return (
    <>
      <h1>异常</h1>
      <div role="status">{said && <Alert type={said.type} showIcon title={said.text} />}</div>
      <Loaded query={incidents}>
        {({ incidents: list, warnings }) => (
          <>
            {list.length === 0 ? <p>没有停住的步骤。</p> : (
              <ul className="incidents">
                {list.map(one => (
                  <Row key={one.id} incident={one} isBusy={retry.isPending} onRetry={() => retry.mutate(one.id)} />
                ))}
              </ul>
            )}
            <Warnings warnings={warnings} />
          </>
        )}
      </Loaded>
    </>
  )
}

/** Tries again and then looks whether it helped: the engine's word alone says only that it will try. */
function useRetry() {
  const queries = useQueryClient()
  const [said, setSaid] = useState<{ readonly type: 'success' | 'error'; readonly text: string }>()
  const retry = useMutation({
    mutationFn: async (incident: string) => {
      await answer(api.POST('/incidents/{incident}/retry', { params: { path: { incident } }, body: {} }))
      await new Promise(resolve => setTimeout(resolve, SETTLE_MS))
      return (await readIncidents()).incidents.some(({ id }) => id === incident)
    },
    onSuccess: isStanding => setSaid(isStanding
      ? { type: 'error', text: '已核实原因消除并重试，但这一步仍然停住，请看新的原因。' }
      : { type: 'success', text: '已核实原因消除并重试，这一步已经继续。' }),
    onError: error => setSaid({ type: 'error', text: error.message }),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['incidents'] })
  })
  return { retry, said }
}

/** What failed and is tried again by itself: nothing to be done yet, but time to look after the cause. */
function Warnings({ warnings }: Pick<Answer, 'warnings'>) {
  return (
    <Table
      caption="正在自动重试" head={['情况', '已尝试', '最后一次', '办件']} empty="没有正在重试的步骤。"
      rows={warnings.map(({ applicationId, text, attempts, lastAttemptAt }) => ({
        key: `${applicationId}${text}`,
        cells: [text, `${attempts} 次`, lastAttemptAt === null ? '—' : moment(lastAttemptAt), <Link key="case" className="nowrap" to={`/cases/${applicationId}`}>查看办件</Link>]
      }))}
    />
  )
}

function Row({ incident, isBusy, onRetry }: { incident: Incident; isBusy: boolean; onRetry: () => void }) {
  const { text, attempts, lastAttemptAt, applicationId } = incident
  const isSupervisor = useIsSupervisor()
  return (
    <li>
      <p>{text}</p>
      <p className="quiet">
        {attempts !== null && `已尝试 ${attempts} 次`}{lastAttemptAt && `，最后一次 ${moment(lastAttemptAt)}`}　<Link to={`/cases/${applicationId}`}>查看办件</Link>
      </p>
      {isSupervisor && <Button type="primary" loading={isBusy} onClick={onRetry}>核实原因并重试</Button>}
    </li>
  )
}
