import { Alert, Spin } from 'antd'
import { useEffect, useState } from 'react'
import { Navigate, useNavigate, useParams } from 'react-router'
import { useMe } from '../../shared/session.ts'
import { useKeys } from '../shared/use-keys.ts'
import { markSeen } from '../tasks/seen.ts'
import { CaseTabs } from './CaseTabs.tsx'
import { DecideBar } from './DecideBar.tsx'
import { DecideDialog } from './DecideDialog.tsx'
import { DossierHead } from './DossierHead.tsx'
import { FormPanel } from './FormPanel.tsx'
import { HandOver } from './HandOver.tsx'
import { MaterialPanel } from './MaterialPanel.tsx'
import { Reveal } from './Reveal.tsx'
import { SpecialProcedure } from './SpecialProcedure.tsx'
import { useDossier, useMaterials, verdictsOf } from './use-dossier.ts'
import type { Dossier, FormSection, Verdict } from './use-dossier.ts'
import { useDraft } from './use-draft.ts'
import { useTaskActions } from './use-task-actions.ts'
import type { TaskActions, VerdictBody } from './use-task-actions.ts'
import { WhyHere } from './WhyHere.tsx'

const SHOWN_FOR = 120_000

/** The page on which one task is done. */
export function DossierPage() {
  const { id = '' } = useParams()
  const dossier = useDossier(id)
  const me = useMe()
  if (dossier.error && !dossier.data) return <Alert type="error" showIcon title={dossier.error.message} />
  if (!dossier.data) return <Spin description="正在打开办件" />
  // What is handed out over the counter has a page of its own.
  if (dossier.data.task.kind === 'pickup') return <Navigate to={`/pickup/${id}`} replace />
  // What is written belongs to one task and stays when it becomes one's own; with what somebody else holds the page begins anew.
  const { assignee } = dossier.data.task
  const isOthers = assignee !== null && assignee !== me.data?.account
  return <Work key={isOthers ? `${id} ${assignee}` : id} dossier={dossier.data} />
}

type Dialogue = 'hand-over' | 'reveal' | 'special' | { readonly decision: string }

function Work({ dossier }: { dossier: Dossier }) {
  const { task, application } = dossier
  const me = useMe()
  const isMine = task.assignee !== null && task.assignee === me.data?.account
  const canDecide = task.state === 'open' && (isMine || task.assignee === null)
  const [dialogue, setDialogue] = useState<Dialogue>()
  const [full, setFull] = useRevealed()
  const actions = useTaskActions(task.id)
  const verdicts = verdictsOf(dossier)
  const written = useDraft(dossier, { isMine, isSending: actions.complete.isPending || actions.complete.isSuccess })
  const close = (): void => setDialogue(undefined)
  const special = (): void => { if (dossier.special.open) actions.endSpecial.mutate(); else setDialogue('special') }
  useEffect(() => markSeen(task), [task])
  useWorkKeys({ dossier, isMine, canDecide, actions, setDialogue, special })
  const judged = { verdicts, isMine, onVerdict: (verdict: VerdictBody) => actions.verdict.mutate(verdict) }
  return (
    <div className="work">
      <DossierHead
        dossier={dossier} isMine={isMine} onClaim={() => actions.claim.mutate()} onUnclaim={() => actions.unclaim.mutate()}
        onHandOver={() => setDialogue('hand-over')} onReveal={() => setDialogue('reveal')} onSpecial={special}
      />
      <div className="work-grid">
        <FormPanel slug={task.slug} sections={(isMine && full) || dossier.sections} licences={dossier.licences} {...judged} />
        {/* Scrolls by itself when it is long: the keyboard must reach it. */}
        <div tabIndex={0} role="group" aria-label="规则和材料">
          <WhyHere why={dossier.why} proposal={dossier.proposal} changes={dossier.changes} />
          {application && <MaterialPanel applicationId={application.id} {...judged} />}
        </div>
      </div>
      <CaseTabs dossier={dossier} actions={actions} />
      <DecideBar task={task} canDecide={canDecide} onChoose={decision => setDialogue({ decision })} />
      {dialogue === 'hand-over' && <HandOver id={task.id} onClose={close} />}
      {dialogue === 'reveal' && <Reveal id={task.id} onShow={setFull} onClose={close} />}
      {dialogue === 'special' && <SpecialProcedure id={task.id} kinds={dossier.special.kinds} start={actions.startSpecial} onClose={close} />}
      {typeof dialogue === 'object' && (
        <Deciding value={dialogue.decision} complete={actions.complete} onClose={close} {...{ dossier, verdicts, written }} />
      )}
    </div>
  )
}

interface DecidingProps {
  readonly dossier: Dossier
  readonly value: string
  readonly verdicts: ReadonlyMap<string, Verdict>
  /** What was written for it so far. */
  readonly written: ReturnType<typeof useDraft>
  readonly complete: TaskActions['complete']
  readonly onClose: () => void
}

/** The dialogue of one decision. */
function Deciding({ dossier, value, verdicts, written: { draft, change, state }, complete, onClose }: DecidingProps) {
  const { task, application } = dossier
  const materials = useMaterials(application?.id)
  const decision = task.decisions.find(one => one.value === value)
  const nameOf = (subject: string): string => subject.startsWith('material:')
    ? materials.data?.find(({ code }) => `material:${code}` === subject)?.name ?? subject
    : dossier.sections.flatMap(({ fields }) => fields).find(({ path }) => path === subject)?.label ?? subject
  if (!decision) return null
  return (
    <DecideDialog
      dossier={dossier} decision={decision} verdicts={verdicts} draft={draft} draftState={state} nameOf={nameOf} onDraft={change}
      onClose={onClose} isSending={complete.isPending} onSend={body => complete.mutate({ ...body, label: decision.label })}
    />
  )
}

interface WorkKeys extends Pick<DecidingProps, 'dossier'> {
  readonly isMine: boolean
  readonly canDecide: boolean
  readonly actions: TaskActions
  readonly setDialogue: (dialogue: Dialogue) => void
  readonly special: () => void
}

function useWorkKeys({ dossier: { task }, isMine, canDecide, actions, setDialogue, special }: WorkKeys): void {
  const navigate = useNavigate()
  const decisions = canDecide ? task.decisions.slice(0, 9) : []
  useKeys({
    l: () => void navigate('/'),
    c: () => actions.claim.mutate(),
    g: isMine ? () => actions.unclaim.mutate() : undefined,
    t: () => setDialogue('hand-over'),
    v: isMine ? () => setDialogue('reveal') : undefined,
    s: isMine ? special : undefined,
    m: writeNote,
    ...Object.fromEntries(decisions.map(({ value }, index) => [String(index + 1), () => setDialogue({ decision: value })]))
  })
}

/** Opens the remarks and puts the cursor there. */
function writeNote(): void {
  document.querySelector<HTMLElement>('[id$="-tab-remarks"]')?.click()
  setTimeout(() => document.getElementById('note')?.focus())
}

/** What was revealed, for two minutes. */
function useRevealed(): [FormSection[] | undefined, (sections: FormSection[]) => void] {
  const [sections, setSections] = useState<FormSection[]>()
  useEffect(() => {
    if (!sections) return
    const timer = setTimeout(() => setSections(undefined), SHOWN_FOR)
    return () => clearTimeout(timer)
  }, [sections])
  return [sections, setSections]
}
