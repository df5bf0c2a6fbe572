import { useEffect, useRef, useState } from 'react'
import type { PointerEvent } from 'react'

const WIDTH = 640
const HEIGHT = 240
const INK = '#1b1f27'

/** A field to sign in with a finger or a mouse; gives a PNG as data URL, or null while it is empty. */
export function SignaturePad({ onSigned }: { onSigned: (png: string | null) => void }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [isDrawn, setDrawn] = useState(false)
  const pen = useRef(false)

  const clear = (): void => {
    blank(canvas.current)
    setDrawn(false)
    onSigned(null)
  }
  const stroke = (event: PointerEvent<HTMLCanvasElement>, isBegin: boolean): void => {
    const drawing = canvas.current?.getContext('2d')
    if (!drawing) return
    const box = event.currentTarget.getBoundingClientRect()
    const [x, y] = [(event.clientX - box.left) * WIDTH / box.width, (event.clientY - box.top) * HEIGHT / box.height]
    Object.assign(drawing, { strokeStyle: INK, lineWidth: 6, lineCap: 'round', lineJoin: 'round' })
    if (isBegin) {
      drawing.beginPath()
      drawing.moveTo(x, y)
    }
    drawing.lineTo(x, y)
    drawing.stroke()
  }
  const begin = (event: PointerEvent<HTMLCanvasElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId)
    pen.current = true
    stroke(event, true)
  }
  const end = (): void => {
    if (!pen.current) return
    pen.current = false
    setDrawn(true)
    onSigned(canvas.current?.toDataURL('image/png') ?? null)
  }
  useEffect(() => blank(canvas.current), [])

  return (
    <div className="signature">
      <canvas
        ref={canvas} width={WIDTH} height={HEIGHT} role="img" aria-label={isDrawn ? '签名框，已签名' : '签名框，空白'}
        onPointerDown={begin} onPointerMove={event => { if (pen.current) stroke(event, false) }}
        onPointerUp={end} onPointerCancel={end}
      />
      <p><button type="button" className="quiet" onClick={clear}>重签</button></p>
    </div>
  )
}

function blank(canvas: HTMLCanvasElement | null): void {
  const drawing = canvas?.getContext('2d')
  if (!drawing) return
  drawing.fillStyle = '#fff'
  drawing.fillRect(0, 0, WIDTH, HEIGHT)
}
