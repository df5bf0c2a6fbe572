import { RetryableError } from '../../core/errors.ts'

/**
 * Tried again without spending an attempt: the work was not even begun, because what it needs is known to be away
 * (our own server, a department behind an open circuit). An outage of hours then makes no incident per case.
 */
export class Postponed extends RetryableError {
  override name = 'Postponed'
}
