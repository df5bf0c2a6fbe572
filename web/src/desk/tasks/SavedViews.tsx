import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Checkbox, Form, Input, Modal, Space } from 'antd'
import { useState } from 'react'
import { answer, api } from '../../shared/api.ts'
import type { Filters } from './use-tasks.ts'
import { useViews } from './use-tasks.ts'

interface Props {
  readonly filters: Filters
  readonly onOpen: (filters: Filters) => void
}

/** Saved lists, own and shared, each with the number of tasks in it; the current one can be saved under a name. */
export function SavedViews({ filters, onOpen }: Props) {
  const views = useViews()
  const queries = useQueryClient()
  const { message } = App.useApp()
  const [isSaving, setSaving] = useState(false)
  const settle = { onError: (error: Error) => void message.error(error.message), onSuccess: () => void queries.invalidateQueries({ queryKey: ['views'] }) }
  const save = useMutation({
    mutationFn: ({ name, isShared = false }: { name: string; isShared?: boolean }) => {
      const { q: _, ...kept } = filters
      return answer(api.POST('/tasks/views', { body: { name, filters: kept, isShared } }))
    },
    ...settle
  })
  const remove = useMutation({
    mutationFn: (view: string) => answer(api.DELETE('/tasks/views/{view}', { params: { path: { view } } })), ...settle
  })
  return (
    <section aria-label="保存的清单" className="views">
      <ul>
        {(views.data ?? []).map(view => (
          <li key={view.id}>
            <Button type="link" onClick={() => onOpen(view.filters)}>{view.name}（{view.count}）{view.isShared ? '共享' : ''}</Button>
            {view.isMine && <Button type="text" aria-label={`删除清单 ${view.name}`} onClick={() => remove.mutate(view.id)}>删除</Button>}
          </li>
        ))}
      </ul>
      <Button onClick={() => setSaving(true)}>保存当前清单</Button>
      <Modal open={isSaving} title="保存当前清单" footer={null} onCancel={() => setSaving(false)} destroyOnHidden>
        <Form layout="vertical" onFinish={(values: { name: string; isShared?: boolean }) => { save.mutate(values); setSaving(false) }}>
          <Form.Item name="name" label="名称" rules={[{ required: true, whitespace: true, message: '请填写名称' }]}>
            <Input maxLength={40} autoFocus />
          </Form.Item>
          <Form.Item name="isShared" valuePropName="checked"><Checkbox>本部门同事也能看到</Checkbox></Form.Item>
          <Space><Button type="primary" htmlType="submit">保存</Button><Button onClick={() => setSaving(false)}>取消</Button></Space>
        </Form>
      </Modal>
    </section>
  )
}
