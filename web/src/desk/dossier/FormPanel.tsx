import { Alert, Button } from 'antd'
import { FormTables } from '../../staff/FormTables.tsx'
import type { Dossier, FormSection, Verdict } from './use-dossier.ts'
import type { VerdictBody } from './use-task-actions.ts'

interface Props {
  /** Matter of the task. */
  readonly slug: string | null
  readonly sections: readonly FormSection[]
  readonly verdicts: ReadonlyMap<string, Verdict>
  readonly licences: Dossier['licences']
  readonly isMine: boolean
  readonly onVerdict: (verdict: VerdictBody) => void
}

/**
 * The form field by field, with what the licences say beside what was typed, and a verdict on each that this task may have
 * corrected: the common ones and those of its own matter. A verdict that stands elsewhere can still be changed.
 */
export function FormPanel({ slug, sections, verdicts, licences, isMine, onVerdict }: Props) {
  const official = new Map(licences.map(one => [one.path, one]))
  const isJudged = (path: string): boolean =>
    !path.startsWith('/items/') || path.startsWith(`/items/${slug}/`) || verdicts.has(path)
  return (
    <section aria-labelledby="form-title" className="panel">
      <h2 id="form-title">申请内容</h2>
      {licences.some(({ isSame }) => !isSame) && <Alert type="warning" showIcon title="有内容与电子证照或登记数据不一致，已在下面标出。" />}
      <FormTables
        sections={sections}
        beside={({ path }) => <Official fact={official.get(path)} />}
        judge={({ path, label }) => isJudged(path) && (
          <VerdictButtons subject={path} verdict={verdicts.get(path)} {...{ label, isMine, onVerdict }} />
        )}
        isWrong={path => verdicts.get(path)?.verdict === 'wrong'}
      />
    </section>
  )
}

function Official({ fact }: { fact: Dossier['licences'][number] | undefined }) {
  if (!fact) return null
  if (fact.isSame) return <div className="quiet">与{fact.source}一致</div>
  return <div className="differs">≠ {fact.source}：{fact.text}</div>
}

interface ButtonsProps {
  readonly subject: string
  readonly label: string
  readonly verdict: Verdict | undefined
  readonly isMine: boolean
  readonly onVerdict: (verdict: VerdictBody) => void
}

/** 相符 or 不符; the reason of a 不符 is chosen when the correction is written. */
export function VerdictButtons({ subject, label, verdict, isMine, onVerdict }: ButtonsProps) {
  const button = (value: 'right' | 'wrong', word: string) => (
    <Button
      size="small" disabled={!isMine} aria-pressed={verdict?.verdict === value} aria-label={`${label}：${word}`}
      type={verdict?.verdict === value ? 'primary' : 'default'} danger={value === 'wrong' && verdict?.verdict === value}
      onClick={() => onVerdict({ subject, verdict: value })}
    >{word}</Button>
  )
  return <span className="verdict">{button('right', '相符')}{button('wrong', '不符')}</span>
}
