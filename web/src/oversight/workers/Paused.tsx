import { useQuery } from '@tanstack/react-query'
import { Button, Form, Input, Select } from 'antd'
import { answer, api } from '../../shared/api.ts'
import { moment } from '../../staff/labels.ts'
import { useIsSupervisor } from '../frame/Frame.tsx'
import { Loaded } from '../../staff/Loaded.tsx'
import { Table } from '../../staff/Table.tsx'
import { useDeed } from '../../staff/use-deed.ts'
import { Step } from './Step.tsx'

const KEY = 'paused'

interface Order {
  readonly topic: string
  readonly reason: string
}

/** Steps that an officer has paused, each with what waits for it; nothing is lost, what was in hand is done to its end. */
export function Paused({ topics }: { topics: readonly { readonly topic: string; readonly name: string | null }[] }) {
  const isSupervisor = useIsSupervisor()
  const paused = useQuery({ queryKey: [KEY], queryFn: async () => (await answer(api.GET('/topics/paused'))).topics, refetchInterval: 10_000 })
  const pause = useDeed(KEY, '已暂停，已在手的办完，其余等待', ({ topic, reason }: Order) =>
    answer(api.POST('/topics/{topic}/pause', { params: { path: { topic } }, body: { reason } })))
  const resume = useDeed(KEY, '已恢复', (topic: string) => answer(api.POST('/topics/{topic}/resume', { params: { path: { topic } }, body: {} })))
  return (
    <>
      <Loaded query={paused}>
        {list => (
          <Table
            caption="已暂停的步骤" head={['步骤', '原因', '谁暂停', '等待中', '操作']} empty="没有暂停的步骤。"
            rows={list.map(({ topic, name, reason, pausedBy, pausedAt, waiting }) => ({
              key: topic,
              cells: [
                <Step key="topic" topic={topic} name={name} />, reason, `${pausedBy ?? ''} ${pausedAt ? moment(pausedAt) : ''}`,
                waiting === null || waiting === undefined ? '未知' : `${waiting} 件`,
                isSupervisor ? <Button key="resume" size="small" loading={resume.isPending} onClick={() => resume.mutate(topic)}>恢复</Button> : '—'
              ]
            }))}
          />
        )}
      </Loaded>
      {isSupervisor && topics.length > 0 && (
        <Form layout="inline" className="filters" onFinish={(order: Order) => pause.mutate(order)}>
          <Form.Item name="topic" rules={[{ required: true, message: '请选择步骤' }]}>
            <Select
              aria-label="要暂停的步骤" placeholder="要暂停的步骤" className="filter" showSearch={{ optionFilterProp: 'label' }} popupMatchSelectWidth={false}
              options={topics.map(({ topic, name }) => ({ value: topic, label: name ?? topic }))}
            />
          </Form.Item>
          <Form.Item name="reason" rules={[{ required: true, whitespace: true, message: '请写明原因' }]}>
            <Input aria-label="暂停的原因" placeholder="暂停的原因" maxLength={500} />
          </Form.Item>
          <Button htmlType="submit" loading={pause.isPending}>暂停</Button>
        </Form>
      )}
    </>
  )
}
