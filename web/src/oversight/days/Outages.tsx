import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { answer, api } from '../../shared/api.ts'
import { useNames } from '../board/use-summary.ts'
import { useIsSupervisor } from '../frame/Frame.tsx'
import { Loaded } from '../../staff/Loaded.tsx'
import { Table } from '../../staff/Table.tsx'
import { useDeed } from '../../staff/use-deed.ts'
import { DeclareOutage } from './DeclareOutage.tsx'
import { OUTAGES, SOON } from './keys.ts'

/** Days on which a system was down, which an officer has declared: they count against nobody. */
export function Outages() {
  const [isDeclaring, setDeclaring] = useState(false)
  const isSupervisor = useIsSupervisor()
  const names = useNames()
  const outages = useQuery({
    queryKey: [OUTAGES], queryFn: async () => (await answer(api.GET('/outages'))).outages,
    refetchInterval: ({ state: { data = [] } }) => (data.some(({ appliedItems }) => appliedItems === null) ? SOON : false)
  })
  const end = useDeed(OUTAGES, '已登记结束，今日为不计入的最后一日', (outage: string) =>
    answer(api.POST('/outages/{outage}/end', { params: { path: { outage } }, body: {} })))
  return (
    <>
      <Loaded query={outages}>
        {list => (
          <Table
            caption="系统故障（故障期间不计入期限）" head={['范围', '从', '到', '原因', '谁登记', '期限改变', '操作']} empty="没有登记过系统故障。"
            rows={list.map(one => ({
              key: one.id,
              cells: [
                [one.departmentName, one.division && names('divisions', one.division)].filter(Boolean).join('，') || '全部', one.startedOn,
                one.endedOn ?? '尚未结束', one.reason, one.declaredBy, one.appliedItems === null ? '正在重算' : `${one.appliedItems} 项`,
                isSupervisor && one.endedOn === null
                  ? <Button key="end" size="small" loading={end.isPending} onClick={() => end.mutate(one.id)}>登记结束</Button> : '—'
              ]
            }))}
          />
        )}
      </Loaded>
      {isSupervisor && <p><Button onClick={() => setDeclaring(true)}>登记系统故障</Button></p>}
      {isDeclaring && <DeclareOutage onClose={() => setDeclaring(false)} />}
    </>
  )
}
