import type Modeler from 'bpmn-js/lib/Modeler'
import { useEffect, useRef, useState } from 'react'
import { makeModeler } from './make-modeler.ts'
import type { Canvas } from './modules/services.ts'
import type { Choices } from './templates.ts'

/** A modeller in its two places, once it has drawn `xml`; a different text makes a new one. */
export function useModeler(xml: string, choices: Choices) {
  const canvas = useRef<HTMLDivElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const [modeler, setModeler] = useState<Modeler>()
  const [error, setError] = useState<string>()
  useEffect(() => {
    const made = makeModeler({ canvas: canvas.current!, panel: panel.current! }, choices)
    let isCurrent = true
    made.importXML(xml).then(() => {
      if (!isCurrent) return
      made.get<Canvas>('canvas').zoom('fit-viewport', 'auto')
      setError(undefined)
      setModeler(made)
    }, () => { if (isCurrent) setError('这个文件画不出来，请核对后再导入。') })
    return () => {
      isCurrent = false
      setModeler(undefined)
      // After those who still save what it holds.
      setTimeout(() => made.destroy())
    }
  }, [xml, choices])
  return { canvas, panel, modeler, error }
}
