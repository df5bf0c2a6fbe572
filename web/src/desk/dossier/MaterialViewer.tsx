import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Spin } from 'antd'
import { useState } from 'react'
import { useAddress } from '../shared/use-address.ts'

const STEP = 0.25

/** One file, from memory alone: an image to zoom and turn, or a PDF in the browser's own viewer. */
export function MaterialViewer({ applicationId, id, name }: { applicationId: string; id: string; name: string }) {
  const [zoom, setZoom] = useState(1)
  const [turn, setTurn] = useState(0)
  const file = useQuery({
    queryKey: ['material', applicationId, id],
    gcTime: 60_000,
    staleTime: Infinity,
    queryFn: async () => {
      const response = await fetch(`/api/v1/applications/${applicationId}/materials/${id}`)
      if (!response.ok) throw new Error('这份材料暂时打不开，请稍后再试。')
      return response.blob()
    }
  })
  const address = useAddress(file.data)
  if (file.error) return <Alert type="error" title={file.error.message} showIcon action={<Button onClick={() => void file.refetch()}>再试一次</Button>} />
  if (!address || !file.data) return <Spin />
  if (file.data.type.startsWith('application/pdf')) return <iframe className="paper" src={address} title={name} />
  return (
    <figure className="viewer">
      <figcaption>
        <Button size="small" onClick={() => setZoom(zoom + STEP)}>放大</Button>
        <Button size="small" onClick={() => setZoom(Math.max(STEP, zoom - STEP))}>缩小</Button>
        <Button size="small" onClick={() => setTurn((turn + 90) % 360)}>旋转</Button>
        <Button size="small" onClick={() => { setZoom(1); setTurn(0) }}>还原</Button>
      </figcaption>
      {/* A region that can be moved must be reachable by the keyboard. */}
      <div className="viewer-frame" tabIndex={0} role="group" aria-label={`${name}，可用方向键移动`}>
        <img src={address} alt={name} style={{ transform: `rotate(${turn}deg) scale(${zoom})` }} />
      </div>
    </figure>
  )
}
