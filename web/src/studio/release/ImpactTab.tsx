import { Loaded } from '../../staff/Loaded.tsx'
import { Table } from '../../staff/Table.tsx'
import { useDraft } from '../draft/use-draft.ts'
import { useImpact } from './use-release.ts'

const TIMERS = { kept: '不变', changed: '改变', added: '新增', removed: '删去' } as const

/** What a release would do to the cases under way: where they stand, whether they could go over, and which timers move. */
export function ImpactTab() {
  const draft = useDraft()
  const impact = useImpact(draft)
  if (draft.kind === 'decision') return <p>规则表不影响在办件：各件的日期和情形在受理时已经确定。发布后受理的件按新表办理。</p>
  return (
    <Loaded query={impact}>
      {({ running, timers }) => (
        <>
          <Table
            caption="在办件停留的步骤" head={['步骤', '版本', '件数', '能否迁移', '原因']} empty="没有在办件。"
            rows={running.map(({ version, activityId, name, count, isMigratable, reason }) => ({
              key: `${version} ${activityId}`, cells: [name, `第 ${version} 版`, `${count} 件`, isMigratable ? '能' : '不能', reason ?? '步骤相同']
            }))}
          />
          <Table
            caption="定时器" head={['定时器', '变化', '说明']} empty="这个流程没有定时器。"
            rows={timers.map(({ activityId, name, state, text }) => ({ key: activityId, cells: [name, TIMERS[state], text] }))}
          />
        </>
      )}
    </Loaded>
  )
}
