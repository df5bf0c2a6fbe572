import { Alert, Button } from 'antd'
import { useEffect } from 'react'
import type { Draft } from '../draft/use-draft.ts'
import type { Beginning } from './beginning.ts'
import { Findings } from './Findings.tsx'
import { TemplateChooser } from './TemplateChooser.tsx'
import type { Choices } from './templates.ts'
import { Toolbar } from './Toolbar.tsx'
import { Unsaved } from './Unsaved.tsx'
import { useAutosave } from './use-autosave.ts'
import { useModeler } from './use-modeler.ts'

interface Props {
  readonly draft: Draft
  readonly begun: Beginning
  readonly choices: Choices
  /** Begins anew with a text, or with what the server holds. */
  readonly onRestart: (xml?: string) => void
}

/** The canvas, the properties beside it, and what the rules find below. */
export function Drawing({ draft, begun, choices, onRestart }: Props) {
  const { canvas, panel, modeler, error } = useModeler(begun.xml, choices)
  const { saver, state } = useAutosave(modeler, draft.id, begun)
  useEffect(() => { if (saver?.isOthers(draft)) onRestart() }, [saver, state, draft, onRestart])
  return (
    <>
      {error && <Alert type="error" showIcon title={error} action={<Button onClick={() => onRestart()}>回到已保存的图形</Button>} />}
      {saver && <Unsaved draft={draft.id} what="图形" saver={saver} state={state} isKept={begun.isKept} onGiveUp={() => onRestart()} />}
      <Toolbar modeler={modeler} draft={draft} state={state} onSave={() => void saver?.save()} onImport={onRestart} />
      <div className="drawing">
        <div className="drawing-canvas" ref={canvas} role="group" aria-label="流程图" />
        <div className="drawing-panel" ref={panel} role="group" aria-label="属性" />
      </div>
      {modeler && <TemplateChooser modeler={modeler} />}
      {modeler && <Findings modeler={modeler} draft={draft} />}
    </>
  )
}
