import { useQuery } from '@tanstack/react-query'
import { Button, Space } from 'antd'
import { answer, api } from '../../shared/api.ts'
import { useMe } from '../../shared/session.ts'
import { moment } from '../../staff/labels.ts'
import { useIsSupervisor } from '../frame/Frame.tsx'
import { Loaded } from '../../staff/Loaded.tsx'
import { Table } from '../../staff/Table.tsx'
import { useDeed } from '../../staff/use-deed.ts'
import { CALENDAR, SOON } from './keys.ts'

/** One year that was taken in: its source, day by day what it changes, and, for a second person, the word that it counts. */
export function ImportedYear({ id }: { id: string }) {
  const path = { import: id }
  const one = useQuery({
    queryKey: [CALENDAR, id], queryFn: () => answer(api.GET('/calendar/imports/{import}', { params: { path } })),
    refetchInterval: ({ state: { data } }) => (data?.state === 'published' && data.redatedItems === null ? SOON : false)
  })
  const publish = useDeed(CALENDAR, '已发布，在办事项的期限随后重算', () => answer(api.POST('/calendar/imports/{import}/publish', { params: { path }, body: {} })))
  const reject = useDeed(CALENDAR, '已退回', () => answer(api.POST('/calendar/imports/{import}/reject', { params: { path }, body: {} })))
  const isSupervisor = useIsSupervisor()
  const account = useMe().data?.account
  return (
    <Loaded query={one}>
      {({ year, papers, source, state, stateText, proposedBy, proposedAt, changes = [], redatedItems }) => (
        <div role="group" aria-label={`${year} 年的安排`}>
          <Table
            caption={`${year} 年：${stateText}`} head={['日期', '现行', '改为', '是否改变工作日']} empty="与现行安排没有不同。"
            rows={changes.map(({ date, before, after, changesCount }) => ({ key: date, cells: [date, before, after, changesCount ? '是' : '否'] }))}
          />
          <p>
            依据 {papers.join('；')}（<a className="source" href={source} rel="noreferrer">公布网址</a>），{proposedBy} 于 {moment(proposedAt)} 导入
            {redatedItems !== null ? `；已重算，${redatedItems} 个在办事项的期限改变` : state === 'published' ? '；正在重算在办事项的期限' : ''}。
          </p>
          {isSupervisor && state === 'proposed' && (
            <Space className="heat-buttons">
              {account === proposedBy ? <span>须由另一人确认。</span>
                : <Button type="primary" loading={publish.isPending} onClick={() => publish.mutate(undefined)}>确认并发布</Button>}
              <Button loading={reject.isPending} onClick={() => reject.mutate(undefined)}>退回</Button>
            </Space>
          )}
        </div>
      )}
    </Loaded>
  )
}
