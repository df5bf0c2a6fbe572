import type Modeler from 'bpmn-js/lib/Modeler'
import { Button } from 'antd'
import { useRef } from 'react'
import type { Draft } from '../draft/use-draft.ts'
import type { Canvas, CommandStack } from './modules/services.ts'
import type { SaveState } from './saver.ts'

interface Props {
  readonly modeler: Modeler | undefined
  readonly draft: Draft
  readonly state: SaveState
  readonly onSave: () => void
  readonly onImport: (xml: string) => void
}

const STATES: Readonly<Record<SaveState['kind'], string>> = {
  saved: '已保存', changed: '有改动，稍后自动保存', saving: '正在保存', failed: '没有保存成功', conflict: '与别人的保存冲突'
}

/** What is done with the diagram as a whole. */
export function Toolbar({ modeler, draft, state, onSave, onImport }: Props) {
  const file = useRef<HTMLInputElement>(null)
  const stack = modeler?.get<CommandStack>('commandStack')
  const canvas = modeler?.get<Canvas>('canvas')
  return (
    <div className="drawing-tools" role="toolbar" aria-label="图形">
      <Button disabled={!modeler} onClick={() => stack?.undo()}>撤销</Button>
      <Button disabled={!modeler} onClick={() => stack?.redo()}>重做</Button>
      <Button disabled={!modeler} onClick={() => canvas?.zoom('fit-viewport', 'auto')}>适合窗口</Button>
      <Button disabled={!modeler} onClick={onSave}>保存</Button>
      <Button disabled={!modeler} onClick={() => void download(modeler!, draft.key)}>导出文件</Button>
      <Button disabled={!modeler} onClick={() => file.current?.click()}>导入文件</Button>
      <input
        ref={file} type="file" hidden accept=".bpmn,.xml" aria-label="流程图文件"
        onChange={({ target }) => {
          void target.files?.[0]?.text().then(onImport)
          target.value = ''
        }}
      />
      <span role="status" className="quiet">{STATES[state.kind]}</span>
    </div>
  )
}

/** Hands the diagram out as a file that Camunda Modeler opens. */
async function download(modeler: Modeler, key: string): Promise<void> {
  const { xml = '' } = await modeler.saveXML({ format: true })
  const url = URL.createObjectURL(new Blob([xml], { type: 'application/xml' }))
  const link = document.createElement('a')
  Object.assign(link, { href: url, download: `${key}.bpmn` }).click()
  URL.revokeObjectURL(url)
}
