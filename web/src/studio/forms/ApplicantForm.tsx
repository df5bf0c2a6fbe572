import { useMemo, useState } from 'react'
import { Form } from '../../shared/form/context.ts'
import { ObjectFields } from '../../shared/form/ObjectFields.tsx'
import { valueAt, withValueAt } from '../../shared/form/pointer.ts'
import type { Fields } from '../../shared/form/schema.ts'
import { titleOf, useForms, useGuide, usePlaces } from '../../shared/region.ts'
import { Loaded } from '../../staff/Loaded.tsx'
import type { Shown } from './shown.ts'

/** What the applicant fills in, with the form's example; what is changed here only shows which fields come and go. */
export function ApplicantForm({ shown: { region, matters, sample } }: { shown: Shown }) {
  const forms = useForms(region)
  const guide = useGuide(region)
  // A part is headed by the matter's title, never by its slug.
  const isNamed = guide.data !== undefined || guide.isError
  const { data: places } = usePlaces(region)
  const [content, setContent] = useState<Shown['sample']>(sample)
  const form = useMemo(() => ({
    problems: new Map<string, string>(), divisions: places?.divisions ?? [], provinces: places?.provinces ?? [],
    onChange: (pointer: string, value: unknown) => setContent(before => withValueAt(before, pointer, value))
  }), [places])
  const parts = isNamed ? ['common', ...matters] : ['common']
  return (
    <Loaded query={forms}>
      {({ common, matters: ofMatters }) => (
        <Form value={form}>
          <form className="form-fields" noValidate aria-label="申请人填写" onSubmit={event => event.preventDefault()}>
            {parts.map(part => {
              const pointer = part === 'common' ? '/common' : `/items/${part}`
              const asked = part === 'common' ? common : ofMatters[part]
              return asked && (
                <section key={part} aria-labelledby={`part-${part}`}>
                  <h2 id={`part-${part}`}>{part === 'common' ? '申请人信息' : guide.data ? titleOf(guide.data, part) : part}</h2>
                  <div className="grid-fields"><ObjectFields {...asked} value={(valueAt(content, pointer) ?? {}) as Fields} pointer={pointer} /></div>
                </section>
              )
            })}
          </form>
        </Form>
      )}
    </Loaded>
  )
}
