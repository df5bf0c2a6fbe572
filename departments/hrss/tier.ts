import { fieldError } from '../../core/errors.ts'
import { parseYuan } from '../../core/money.ts'
import type { Fields } from '../common/types.ts'

/** Whatever a pooling area adds, it stays below this (fen). */
const HIGHEST = 2_000_000

/**
 * Checks the yearly amount of the resident pension, in yuan: one of the sixteen printed in the form, `none` or 0, or an
 * amount that the pooling area has added.
 * @throws AppError FORM_INVALID
 */
export function checkTier({ tier }: Fields): void {
  if (tier === undefined || tier === 'none') return
  const fen = typeof tier === 'number' ? Math.round(tier * 100) : parseYuan(String(tier))
  if (fen === undefined || fen < 0 || fen > HIGHEST) throw fieldError('/tier', 'TIER_UNKNOWN', '没有这个缴费档次')
}
