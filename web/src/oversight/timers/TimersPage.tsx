import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { answer, api } from '../../shared/api.ts'
import { moment } from '../../staff/labels.ts'
import { Loaded } from '../../staff/Loaded.tsx'
import { Table } from '../../staff/Table.tsx'

const KINDS = { warn: '预警', yellow: '黄牌', red: '红牌', correction: '补正期满', payment: '缴费期满', other: '其他' } as const
const MOST = 100

/** The engine's timers in human words: which case, what happens, when. */
export function TimersPage() {
  const timers = useQuery({
    queryKey: ['timers'], queryFn: async () => (await answer(api.GET('/sla/timers', { params: { query: { limit: MOST } } }))).timers
  })
  return (
    <>
      <h1>定时器</h1>
      <p className="quiet">到时只提醒或按规定结束等待，不会自动作出结论。</p>
      <Loaded query={timers}>
        {list => (
          <Table
            caption={list.length < MOST ? `共 ${list.length} 个，先到的在前` : `最先到的 ${MOST} 个`} head={['何时', '种类', '到时做什么', '办件']}
            empty="没有等待触发的定时器。"
            rows={list.map(({ id, dueAt, kind, text, applicationId }) => ({
              key: id, cells: [moment(dueAt), KINDS[kind], text, <Link key="case" className="nowrap" to={`/cases/${applicationId}`}>查看办件</Link>]
            }))}
          />
        )}
      </Loaded>
    </>
  )
}
