import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Spin } from 'antd'
import { useState } from 'react'
import { useAddress } from '../shared/use-address.ts'
import { useKeys } from '../shared/use-keys.ts'

const STEP = 0.25
const MOST = 5

/** One file, from memory alone: an image to zoom and turn, or a PDF in the browser's own viewer. */
export function MaterialViewer({ applicationId, id, name }: { applicationId: string; id: string; name: string }) {
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
  if (file.data.type.startsWith('application/pdf')) {
    return (
      <figure className="viewer">
        <figcaption><Button size="small" href={address} target="_blank">在新窗口打开</Button></figcaption>
        <iframe className="paper" src={address} title={name} />
      </figure>
    )
  }
  return <Picture address={address} name={name} />
}

/** A picture, at first as wide as its frame. Turned or enlarged it takes the room that it needs: every corner can be reached. */
function Picture({ address, name }: { address: string; name: string }) {
  const [zoom, setZoom] = useState(1)
  const [turn, setTurn] = useState(0)
  const [size, setSize] = useState<{ width: number; height: number; frame: number }>()
  const larger = (): void => setZoom(before => Math.min(MOST, before + STEP))
  const smaller = (): void => setZoom(before => Math.max(STEP, before - STEP))
  const rotate = (): void => setTurn(before => (before + 90) % 360)
  const reset = (): void => { setZoom(1); setTurn(0) }
  useKeys({ '+': larger, '=': larger, '-': smaller, r: rotate, '0': reset })
  const isAcross = turn % 180 !== 0
  const scale = size ? zoom * Math.min(1, size.frame / (isAcross ? size.height : size.width)) : zoom
  const [width, height] = size ? [size.width * scale, size.height * scale] : [0, 0]
  return (
    <figure className="viewer">
      <figcaption>
        <Button size="small" onClick={larger}>放大（+）</Button>
        <Button size="small" onClick={smaller}>缩小（-）</Button>
        <Button size="small" onClick={rotate}>旋转（r）</Button>
        <Button size="small" onClick={reset}>还原（0）</Button>
        <span className="quiet" role="status">{Math.round(zoom * 100)}%</span>
      </figcaption>
      {/* A region that can be moved must be reachable by the keyboard. */}
      <div className="viewer-frame" tabIndex={0} role="group" aria-label={`${name}，可用方向键移动`}>
        <div className="viewer-room" style={{ width: isAcross ? height : width, height: isAcross ? width : height }}>
          <img
            src={address} alt={name} style={size && { width, height, transform: `translate(-50%, -50%) rotate(${turn}deg)` }}
            onLoad={({ currentTarget: image }) => setSize({
              width: image.naturalWidth, height: image.naturalHeight, frame: image.closest('.viewer-frame')!.clientWidth
            })}
          />
        </div>
      </div>
    </figure>
  )
}
