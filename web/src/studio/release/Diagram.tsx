import { Alert, Button, Space } from 'antd'
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer'
import { useEffect, useRef, useState } from 'react'
import 'bpmn-js/dist/assets/bpmn-js.css'
import 'bpmn-js/dist/assets/diagram-js.css'
import './diagram.css'

interface Canvas {
  zoom(): number
  zoom(level: number | 'fit-viewport', center?: 'auto'): number
  addMarker(element: string, marker: string): void
  scrollToElement(element: string, padding?: number): void
}

interface Elements {
  get(id: string): unknown
}

interface Props {
  readonly xml: string
  /** What it shows, for who does not see it. */
  readonly label: string
  /** Class by element; the colours of the classes stand in diagram.css. */
  readonly marks: ReadonlyMap<string, string>
  /** Element that is brought into sight. */
  readonly focus?: string | undefined
}

/** A diagram to look at, with some of its elements coloured. What the colours say stands beside it as text. */
export function Diagram({ xml, label, marks, focus }: Props) {
  const frame = useRef<HTMLDivElement>(null)
  const [viewer, setViewer] = useState<NavigatedViewer>()
  const [isBroken, setBroken] = useState(false)
  useEffect(() => {
    const made = new NavigatedViewer({ container: frame.current! })
    let isCurrent = true
    made.importXML(xml).then(() => {
      if (!isCurrent) return
      const canvas = made.get<Canvas>('canvas')
      const elements = made.get<Elements>('elementRegistry')
      canvas.zoom('fit-viewport', 'auto')
      for (const [id, mark] of marks) if (elements.get(id)) canvas.addMarker(id, mark)
      setViewer(made)
    }, () => { if (isCurrent) setBroken(true) })
    return () => {
      isCurrent = false
      setViewer(undefined)
      made.destroy()
    }
  }, [xml, marks])
  useEffect(() => {
    if (!viewer || !focus || !viewer.get<Elements>('elementRegistry').get(focus)) return
    const canvas = viewer.get<Canvas>('canvas')
    if (canvas.zoom() < 0.8) canvas.zoom(0.8)
    canvas.scrollToElement(focus)
  }, [viewer, focus])
  const zoom = (factor: number | 'fit-viewport'): void => {
    const canvas = viewer?.get<Canvas>('canvas')
    canvas?.zoom(factor === 'fit-viewport' ? factor : canvas.zoom() * factor, 'auto')
  }
  return (
    <section className="diagram" aria-label={label}>
      <h2>{label}</h2>
      {isBroken && <Alert type="error" showIcon title="这个版本的流程图无法显示，差别见文字。" />}
      <Space wrap>
        <Button onClick={() => zoom(1.25)}>放大</Button>
        <Button onClick={() => zoom(0.8)}>缩小</Button>
        <Button onClick={() => zoom('fit-viewport')}>适合窗口</Button>
      </Space>
      <div className="diagram-frame" ref={frame} role="group" aria-label={`${label}，内容见文字`} />
    </section>
  )
}
