import { Alert } from 'antd'
import { FormTables } from '../../staff/FormTables.tsx'
import type { Shown } from './shown.ts'

/** A task as its desk shows it: the application as far as the desk may see it, and what can be decided. */
export function TaskForm({ task: { name, group, kind, decisions, sections } }: { task: Shown['tasks'][number] }) {
  return (
    <section aria-labelledby="task-form">
      <h2 id="task-form">{name}</h2>
      <p>由{group}在工作台上办理，姓名、号码和住址已遮盖。</p>
      {kind === 'pickup'
        ? <Alert type="info" showIcon title="交付的任务在发放页办理，那里不显示申请表。" />
        : <FormTables sections={sections} />}
      <h3>可作出的意见</h3>
      <ul>{decisions.map(({ value, label }) => <li key={value}>{label}</li>)}</ul>
    </section>
  )
}
