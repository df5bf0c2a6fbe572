import { RetryableError } from '../../core/errors.ts'

/**
 * Tried again without spending an attempt: what the work needs is known to be away (our own server, a department behind an
 * open circuit), so that it was not begun, or only to see whether that is back. An outage of days makes no incident per case.
 */
export class Postponed extends RetryableError {
  override name = 'Postponed'
}
