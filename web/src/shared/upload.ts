import { ApiError } from './api.ts'
import type { Problem, Schemas } from './api.ts'

export interface Upload {
  readonly applicationId: string
  readonly code: string
  /** The matter that asks for it, when it is one alone. */
  readonly slug?: string
  readonly file: Blob
  readonly fileName: string
  /** The same for every try of the same file, so that a lost answer makes no second copy. */
  readonly key: string
}

/**
 * Sends one file and tells how much of it is gone, 0 to 1; `fetch` cannot.
 * @throws ApiError
 */
export function sendFile({ applicationId, code, slug, file, fileName, key }: Upload, onProgress: (part: number) => void): Promise<Schemas['Material']> {
  const form = new FormData()
  form.append('code', code)
  if (slug) form.append('slug', slug)
  form.append('file', file, fileName)
  const request = new XMLHttpRequest()
  request.open('POST', `/api/v1/applications/${applicationId}/materials`)
  request.setRequestHeader('Idempotency-Key', key)
  request.responseType = 'json'
  request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
  return new Promise((resolve, reject) => {
    request.onload = () => {
      if (request.status < 300) resolve(request.response as Schemas['Material'])
      else reject(new ApiError(request.status, (request.response ?? {}) as Partial<Problem>))
    }
    request.onerror = () => reject(new ApiError(0, {}))
    request.send(form)
  })
}
