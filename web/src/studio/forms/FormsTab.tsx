import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useSearchParams } from 'react-router'
import { answer, api } from '../../shared/api.ts'
import { Loaded } from '../../staff/Loaded.tsx'
import { useDraft } from '../draft/use-draft.ts'
import { ApplicantForm } from './ApplicantForm.tsx'
import type { Shown } from './shown.ts'
import { TaskForm } from './TaskForm.tsx'
import '../../staff/fields.css'
import './forms.css'

const APPLICANT = 'applicant'

/** What people get to see at the steps of the draft as it is saved: the applicant's form, and the page of each task. */
export function FormsTab() {
  const { id, version } = useDraft()
  const shown = useQuery({
    queryKey: ['draft-forms', id, version], queryFn: () => answer(api.GET('/drafts/{draft}/forms', { params: { path: { draft: id } } }))
  })
  return <Loaded query={shown}>{all => <Steps shown={all} />}</Loaded>
}

function Steps({ shown }: { shown: Shown }) {
  const [search, setSearch] = useSearchParams()
  const task = shown.tasks.find(({ element }) => element === search.get('step'))
  return (
    <div className="form-preview">
      <p className="quiet">按表单自带的示例填写，所填的不会保存，也不涉及任何真实的人。</p>
      <label className="form-step" htmlFor="form-step">看哪一步的表单</label>
      <Select
        id="form-step" className="model-choice" value={task?.element ?? APPLICANT} onChange={step => setSearch(step === APPLICANT ? {} : { step })}
        options={[
          { value: APPLICANT, label: '开始：申请人填写' },
          ...shown.tasks.map(({ element, name, group }) => ({ value: element, label: `${name}（${group}）` }))
        ]}
      />
      {task ? <TaskForm key={task.element} task={task} /> : <ApplicantForm shown={shown} />}
    </div>
  )
}
