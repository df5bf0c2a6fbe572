import { Button, DatePicker, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { Loaded } from '../../staff/Loaded.tsx'
import type { AuditQuery } from '../cases/use-case.ts'
import { useAudit } from '../cases/use-case.ts'
import { More } from '../frame/More.tsx'
import { CLEAR, CLEAR_TEXT } from '../labels.ts'
import { EVENTS } from './event-names.ts'
import { EventTable } from './EventTable.tsx'
import { VerifyAudit } from './VerifyAudit.tsx'

/** A day as the date picker hands it out. */
interface Day {
  format(pattern: string): string
  add(count: number, unit: 'day'): Day
}

interface Values {
  readonly number?: string
  readonly type?: string
  readonly actor?: string
  readonly days?: readonly [Day, Day] | null
}

const TYPES = Object.entries(EVENTS).map(([value, label]) => ({ value, label }))

/** The audit trail of what one oversees: search, and proof that nothing was changed. */
export function AuditPage() {
  const [query, setQuery] = useState<AuditQuery>({})
  const pages = useAudit(query)
  const events = (pages.data?.pages ?? []).flatMap(page => page.events)
  return (
    <>
      <div className="page-head"><h1>审计</h1><VerifyAudit /></div>
      <Form layout="inline" className="filters" onFinish={(values: Values) => setQuery(queryOf(values))}>
        <Form.Item name="number" rules={[{ pattern: /^\s*[A-Za-z0-9]{1,50}\s*$/, message: '编号由字母和数字组成' }]}>
          <Input aria-label="办件编号" placeholder="办件编号" allowClear={CLEAR_TEXT} />
        </Form.Item>
        <Form.Item name="type">
          <Select aria-label="事件" placeholder="事件" allowClear={CLEAR} showSearch={{ optionFilterProp: 'label' }} options={TYPES} className="filter" />
        </Form.Item>
        <Form.Item name="actor" rules={[{ pattern: /^\s*[A-Za-z0-9._-]{1,100}\s*$/, message: '账号由字母、数字、点和横线组成' }]}>
          <Input aria-label="账号" placeholder="账号" allowClear={CLEAR_TEXT} />
        </Form.Item>
        <Form.Item name="days"><DatePicker.RangePicker aria-label="日期" placeholder={['从', '到']} /></Form.Item>
        <Button htmlType="submit" type="primary">查询</Button>
      </Form>
      <Loaded query={pages}>{() => <EventTable caption={`后发生的在前，已列出 ${events.length} 条`} events={events} />}</Loaded>
      <More pages={pages} />
    </>
  )
}

/** Days are those of Shanghai, the last one whole. */
function queryOf({ number, type, actor, days }: Values): AuditQuery {
  const midnight = (day: Day): string => `${day.format('YYYY-MM-DD')}T00:00:00+08:00`
  return {
    ...(number?.trim() && { number: number.trim() }), ...(type && { type }), ...(actor?.trim() && { actor: actor.trim() }),
    ...(days && { from: midnight(days[0]), to: midnight(days[1].add(1, 'day')) })
  }
}
