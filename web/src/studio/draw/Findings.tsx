import { Alert } from 'antd'
import type Modeler from 'bpmn-js/lib/Modeler'
import { useEffect, useRef } from 'react'
import { Loaded } from '../../staff/Loaded.tsx'
import { FindingList } from '../check/FindingList.tsx'
import type { Finding } from '../check/FindingList.tsx'
import { useFindings } from '../check/use-findings.ts'
import type { Draft } from '../draft/use-draft.ts'
import type { Canvas, ElementRegistry, Selection } from './modules/services.ts'
import { useWayBack } from './use-way-back.ts'

const MARK = 'has-finding'

/** What the rules find in what was saved last: marked on the elements, and as a list that leads to them and back. */
export function Findings({ modeler, draft }: { modeler: Modeler; draft: Draft }) {
  const findings = useFindings(draft)
  const place = useRef<HTMLDivElement>(null)
  const remember = useWayBack(place)
  useMarks(modeler, findings.data ?? [])
  const select = (id: string): void => {
    const shape = modeler.get<ElementRegistry>('elementRegistry').get(id)
    if (!shape) return
    remember()
    modeler.get<Canvas>('canvas').scrollToElement(id)
    modeler.get<Selection>('selection').select(shape)
    modeler.get<Canvas>('canvas').focus()
  }
  return (
    <div ref={place} tabIndex={-1}>
      <Loaded query={findings}>
        {all => (all.length > 0
          ? <FindingList findings={all} onSelect={select} hint="回车到图上的元素，再按 Tab 到它的属性；按 Esc 回到这里。" />
          : <Alert type="success" showIcon title="没有不合规则之处，可以送审。" />)}
      </Loaded>
    </div>
  )
}

function useMarks(modeler: Modeler, findings: readonly Finding[]): void {
  useEffect(() => {
    const [canvas, registry] = [modeler.get<Canvas>('canvas'), modeler.get<ElementRegistry>('elementRegistry')]
    const marked = [...new Set(findings.flatMap(({ element }) => element ?? []))].filter(id => registry.get(id))
    for (const id of marked) canvas.addMarker(id, MARK)
    return () => { for (const id of marked) if (registry.get(id)) canvas.removeMarker(id, MARK) }
  }, [modeler, findings])
}
