import { Alert, Button, Space } from 'antd'
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer'
import { useEffect, useRef, useState } from 'react'
import 'bpmn-js/dist/assets/bpmn-js.css'
import 'bpmn-js/dist/assets/diagram-js.css'
import { paintHeat } from './paint-heat.ts'
import type { Canvas } from './paint-heat.ts'
import type { Measure } from './measures.ts'
import type { Activity } from './use-heat.ts'

interface Props {
  readonly xml: string
  readonly activities: readonly Activity[]
  readonly measure: Measure
}

/** The diagram with its heat; the table below says the same in numbers. */
export function HeatDiagram({ xml, activities, measure }: Props) {
  const { frame, viewer, error } = useViewer(xml)
  useEffect(() => { if (viewer) paintHeat(viewer, activities, measure) }, [viewer, activities, measure])
  const zoom = (factor: number | 'fit-viewport'): void => {
    const canvas = viewer?.get<Canvas>('canvas')
    canvas?.zoom(factor === 'fit-viewport' ? factor : canvas.zoom() * factor, 'auto')
  }
  return (
    <>
      {error && <Alert type="error" showIcon title="这个版本的流程图无法显示，数字见下表。" />}
      <Space className="heat-buttons">
        <Button onClick={() => zoom(1.25)}>放大</Button>
        <Button onClick={() => zoom(0.8)}>缩小</Button>
        <Button onClick={() => zoom('fit-viewport')}>适合窗口</Button>
      </Space>
      <div className="heat-frame" ref={frame} role="group" aria-label="流程图，各环节的数字见下表" />
    </>
  )
}

/** A viewer in a frame, once it has drawn the diagram. */
function useViewer(xml: string) {
  const frame = useRef<HTMLDivElement>(null)
  const [viewer, setViewer] = useState<NavigatedViewer>()
  const [error, setError] = useState(false)
  useEffect(() => {
    const made = new NavigatedViewer({ container: frame.current! })
    let isCurrent = true
    made.importXML(xml).then(() => {
      if (!isCurrent) return
      made.get<Canvas>('canvas').zoom('fit-viewport', 'auto')
      setViewer(made)
    }, () => { if (isCurrent) setError(true) })
    return () => {
      isCurrent = false
      setViewer(undefined)
      made.destroy()
    }
  }, [xml])
  return { frame, viewer, error }
}
