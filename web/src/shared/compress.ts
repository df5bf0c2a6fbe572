/** Files up to this size are sent as they are. */
const SMALL = 1_500_000
const LONG_SIDE = 2400
const QUALITY = 0.85

/** A photograph from a telephone made small enough for a slow network, still readable; anything else as it is. */
export async function compressed(file: File): Promise<Blob> {
  if (file.size <= SMALL || !file.type.startsWith('image/')) return file
  const image = await createImageBitmap(file).catch(() => undefined)
  if (!image) return file
  const scale = Math.min(1, LONG_SIDE / Math.max(image.width, image.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(image.width * scale)
  canvas.height = Math.round(image.height * scale)
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  const smaller = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
  return smaller && smaller.size < file.size ? smaller : file
}
