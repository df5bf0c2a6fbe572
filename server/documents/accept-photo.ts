import { fileTypeFromBuffer } from 'file-type'
import { AppError } from '../../core/errors.ts'
import type { CleanFile } from './file-types.ts'
import { checkPhoto } from './photo-check.ts'
import type { PhotoFinding } from './photo-check.ts'
import { fixPhoto } from './photo-fix.ts'

/** What the uploader is told of a photo that was taken. */
export interface PhotoRemark {
  readonly code: string
  readonly message: string
  /** False: a person will look at it. */
  readonly isFixed: boolean
}

export interface AcceptedPhoto extends CleanFile {
  readonly findings: readonly PhotoRemark[]
}

/**
 * Takes a photo that meets the standard of the card, or that can be brought to it without painting, and draws it anew in each
 * case. Throws AppError PHOTO_NOT_ACCEPTED (with what is to mend), FILE_TYPE_UNSUPPORTED.
 */
export async function acceptPhoto(received: Buffer): Promise<AcceptedPhoto> {
  await requirePicture(received)
  const found = await checkPhoto(received)
  if (found.some(({ code }) => code === 'PHOTO_UNREADABLE')) {
    throw new AppError('FILE_TYPE_UNSUPPORTED', { detail: '图片已损坏或过大，无法读取，请换一张再上传。' })
  }
  requireNone(found.filter(({ isFixable, isDoubtful }) => !isFixable && !isDoubtful))
  const bytes = await fixPhoto(received)
  if (bytes === null) {
    throw notAccepted([{ code: 'PHOTO_FILE_SIZE', message: '照片画面过于单一，无法存成 30K 至 50K 的文件，请换一张清晰的照片。' }])
  }
  // Said of the file that is kept, so that nobody relies on the mending.
  const left = await checkPhoto(bytes)
  requireNone(left.filter(({ isDoubtful }) => !isDoubtful))
  const mended = found.filter(({ isFixable }) => isFixable)
    .map(({ code, problem }) => ({ code, message: `${problem}，已自动处理。`, isFixed: true }))
  const doubtful = left.map(({ code, message }) => ({ code, message, isFixed: false }))
  return { bytes, mediaType: 'image/jpeg', extension: 'jpg', findings: [...mended, ...doubtful] }
}

async function requirePicture(received: Buffer): Promise<void> {
  const found = await fileTypeFromBuffer(received)
  if (found?.mime === 'application/pdf') throw notAccepted([{ code: 'PHOTO_FORMAT', message: '照片不能是 PDF 文件，请上传 jpg 格式的照片。' }])
  if (found?.mime !== 'image/jpeg' && found?.mime !== 'image/png') throw new AppError('FILE_TYPE_UNSUPPORTED')
}

function requireNone(refusing: readonly PhotoFinding[]): void {
  if (refusing.length > 0) throw notAccepted(refusing)
}

function notAccepted(findings: readonly { readonly code: string; readonly message: string }[]): AppError {
  return new AppError('PHOTO_NOT_ACCEPTED', { fields: findings.map(({ code, message }) => ({ path: '/file', code, message })) })
}
