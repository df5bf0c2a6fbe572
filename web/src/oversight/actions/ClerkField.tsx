import { Form, Select } from 'antd'
import { CLEAR } from '../labels.ts'
import { useLoad } from '../load/use-load.ts'

/** Who shall answer, of those who could do the tasks there; with how much each has to do already. */
export function ClerkField({ department, division }: { department: string | null; division: string | null }) {
  const load = useLoad({ ...(department && { department }), ...(division && { division }) })
  const clerks = (load.data?.clerks ?? []).map(({ account, name, departmentName, open }) => ({
    value: account, label: `${name === account ? account : `${name}（${account}）`}，${departmentName}，手上 ${open} 件`
  }))
  return (
    <Form.Item name="clerk" label="指定承办人（可不选）" htmlFor="action-clerk" extra="列出的是该部门、该区划登录过的承办人。">
      <Select
        id="action-clerk" className="whole" allowClear={CLEAR} showSearch={{ optionFilterProp: 'label' }} options={clerks} loading={load.isPending}
        placeholder="不指定" notFoundContent={load.isPending ? '正在读取' : load.error ? `没有读到：${load.error.message}` : '没有可选的承办人'}
      />
    </Form.Item>
  )
}
