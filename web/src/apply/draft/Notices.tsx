import { controlId } from '../../shared/form/pointer.ts'
import { ReadAloud } from './ReadAloud.tsx'

interface NoticesProps {
  readonly step: string
  readonly notices: readonly string[]
  readonly isConfirmed: boolean
  readonly isWrong: boolean
  readonly onConfirm: (isConfirmed: boolean) => void
}

/** Where the summary of mistakes leads to for 须知 that were not confirmed. */
export const noticesPointer = (step: string): string => `/notices/${step}`

/** 业务办理须知 of one matter, word by word, to be confirmed by the person and by nobody beforehand. */
export function Notices({ step, notices, isConfirmed, isWrong, onConfirm }: NoticesProps) {
  if (notices.length === 0) return null
  const id = controlId(noticesPointer(step))
  return (
    <fieldset className={isWrong ? 'field wrong' : 'field'} id={id} tabIndex={-1}>
      <legend>业务办理须知</legend>
      {notices.map(notice => <p key={notice} className="notice">{notice}</p>)}
      <ReadAloud texts={notices} />
      {isWrong && <p className="mistake"><span className="unseen">错误：</span>请阅读并确认业务办理须知</p>}
      <label className="option">
        <input type="checkbox" checked={isConfirmed} onChange={event => onConfirm(event.target.checked)} />
        <span>我已阅读并知晓以上须知</span>
      </label>
    </fieldset>
  )
}
