import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { answer, api } from '../../shared/api.ts'
import { useIsSupervisor } from '../frame/Frame.tsx'
import { Loaded } from '../../staff/Loaded.tsx'
import { Table } from '../../staff/Table.tsx'
import { ImportedYear } from './ImportedYear.tsx'
import { ImportYear } from './ImportYear.tsx'
import { CALENDAR } from './keys.ts'

/** The years as they count, and those that somebody has taken in and a second person has still to confirm. */
export function CalendarYears() {
  const [isImporting, setImporting] = useState(false)
  const isSupervisor = useIsSupervisor()
  const calendar = useQuery({ queryKey: [CALENDAR], queryFn: () => answer(api.GET('/calendar')) })
  return (
    <>
      <Loaded query={calendar}>
        {({ years, imports }) => (
          <>
            <Table
              caption="各年度的安排" head={['年度', '状态', '依据', '放假和调休上班']} empty="没有年度安排。"
              rows={years.map(({ year, isProvisional, papers, days }) => ({
                key: String(year),
                cells: [`${year} 年`, isProvisional ? '暂定：尚未公布' : '已公布', papers.join('；') || '—', `${days.length} 日`]
              }))}
            />
            {imports.map(({ id }) => <ImportedYear key={id} id={id} />)}
          </>
        )}
      </Loaded>
      {isSupervisor && <p><Button onClick={() => setImporting(true)}>导入年度安排</Button></p>}
      {isImporting && <ImportYear onClose={() => setImporting(false)} />}
    </>
  )
}
