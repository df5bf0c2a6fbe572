import type { Metadata } from 'sharp'
import { CARD_PHOTO, cropOf, portraitOf, readMetadata } from './photo-canvas.ts'
import type { PhotoStandard } from './photo-canvas.ts'
import { measurePhoto } from './photo-measures.ts'

export type PhotoCode = 'PHOTO_UNREADABLE' | 'PHOTO_FORMAT' | 'PHOTO_DIMENSIONS' | 'PHOTO_TOO_SMALL' | 'PHOTO_PROPORTION' | 'PHOTO_DPI'
  | 'PHOTO_ORIENTATION' | 'PHOTO_COLOUR_SPACE' | 'PHOTO_FILE_SIZE' | 'PHOTO_GROUND' | 'PHOTO_GROUND_DOUBTFUL' | 'PHOTO_BORDER'
  | 'PHOTO_NOT_COLOUR'

export interface PhotoFinding {
  readonly code: PhotoCode
  /** What is not as it should be, without what to do. */
  readonly problem: string
  /** Chinese sentence: what is wrong and what to do. */
  readonly message: string
  /** Whether `fixPhoto` mends it. */
  readonly isFixable: boolean
  /** Too close for a machine: a person looks, and the photo is not refused for it. */
  readonly isDoubtful: boolean
}

/**
 * Holds a picture against the standard of the card photo (notice, 五 社会保障卡申领); nothing found means that it passes. Face, ears,
 * hat and clothes are for a person. The type comes from the content, never from a name.
 */
export async function checkPhoto(bytes: Buffer, options: Partial<PhotoStandard> = {}): Promise<PhotoFinding[]> {
  const standard = { ...CARD_PHOTO, ...options }
  try {
    const metadata = await readMetadata(bytes, standard)
    return [...fileFindings(metadata, bytes.length, standard), ...await pictureFindings(bytes, standard)]
  } catch {
    return [finding('PHOTO_UNREADABLE', '照片已损坏或过大，无法读取', '请换一张再上传')]
  }
}

function fileFindings(metadata: Metadata, size: number, standard: PhotoStandard): PhotoFinding[] {
  const { format, density, space, channels, orientation = 1 } = metadata
  const { dpi, dpiTolerance, minBytes, maxBytes } = standard
  const found: PhotoFinding[] = []
  if (format !== 'jpeg') found.push(fixable('PHOTO_FORMAT', '照片不是 jpg 格式', '请另存为 jpg 格式后上传'))
  found.push(...dimensionFindings(metadata, standard))
  // A JPEG that says nothing of its density reads 72.
  if (density === undefined || Math.abs(density - dpi) > dpiTolerance) {
    found.push(fixable('PHOTO_DPI', `照片分辨率不是 ${dpi} DPI`, `请另存为 ${dpi} DPI 后上传`))
  }
  if (orientation !== 1) found.push(fixable('PHOTO_ORIENTATION', '照片没有摆正', '请旋转摆正后上传'))
  const isGrey = space === 'b-w' || channels < 3
  if (!isGrey && (space !== 'srgb' || channels !== 3)) {
    found.push(fixable('PHOTO_COLOUR_SPACE', '照片不是 sRGB 色彩', '请以 sRGB 色彩保存后上传'))
  }
  if (size < minBytes || size > maxBytes) {
    found.push(fixable('PHOTO_FILE_SIZE', '照片文件大小不在 30K 至 50K 之间', '请调整保存质量后上传'))
  }
  return found
}

function dimensionFindings({ autoOrient: upright }: Metadata, standard: PhotoStandard): PhotoFinding[] {
  const { widthPx, heightPx, maxEnlargement, maxCropShare } = standard
  if (upright.width === widthPx && upright.height === heightPx) return []
  const { enlargement, cutShare } = cropOf(upright, standard)
  const is = `现为 ${upright.width}×${upright.height} 像素`
  if (cutShare > maxCropShare) {
    return [finding('PHOTO_PROPORTION', `照片比例与证件照相差过大（${is}）`, `请上传竖幅的单人证件照，裁剪为 ${widthPx}×${heightPx} 像素`)]
  }
  if (enlargement > maxEnlargement) {
    return [finding('PHOTO_TOO_SMALL', `照片像素太少（${is}），放大后不清晰`, `请上传不小于 ${widthPx}×${heightPx} 像素的照片`)]
  }
  return [fixable('PHOTO_DIMENSIONS', `照片不是 ${widthPx}×${heightPx} 像素（${is}）`, `请裁剪为 ${widthPx}×${heightPx} 像素后上传`)]
}

async function pictureFindings(bytes: Buffer, standard: PhotoStandard): Promise<PhotoFinding[]> {
  const { data, info } = await (await portraitOf(bytes, standard)).raw().toBuffer({ resolveWithObject: true })
  const { whiteShare, borderDarker, chroma } = measurePhoto({ data, width: info.width, height: info.height }, standard)
  const found: PhotoFinding[] = []
  if (whiteShare < standard.whiteReview) {
    found.push(finding('PHOTO_GROUND', '照片底色不是白色', '请在白色背景前重新拍摄；本系统不会改画背景'))
  } else if (whiteShare < standard.whitePass) {
    const problem = '照片底色有少部分不够白'
    found.push({ ...finding('PHOTO_GROUND_DOUBTFUL', problem, '将由工作人员核对，也可以换一张白底照片'), isDoubtful: true })
  }
  if (borderDarker > standard.borderDarker) found.push(finding('PHOTO_BORDER', '照片带有边框', '请去掉边框后上传'))
  if (chroma <= standard.minChroma) found.push(finding('PHOTO_NOT_COLOUR', '照片不是彩色', '请上传彩色照片'))
  return found
}

function finding(code: PhotoCode, problem: string, advice: string): PhotoFinding {
  return { code, problem, message: `${problem}，${advice}。`, isFixable: false, isDoubtful: false }
}

function fixable(code: PhotoCode, problem: string, advice: string): PhotoFinding {
  return { ...finding(code, problem, advice), isFixable: true }
}
