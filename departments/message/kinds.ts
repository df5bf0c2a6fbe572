import type { Kind } from '../common/types.ts'

/** Part of a day until the network's receipt is there. */
const RECEIPT_DAYS = 0.02

/** Sends a text message and tells later whether it reached the telephone. Number and text are not kept, only that it was sent. */
export const messageKinds: Readonly<Record<string, Kind>> = {
  'text-message': {
    callsBack: true,
    async handle(work) {
      const messageNumber = `DX${String(await work.next('message')).padStart(8, '0')}`
      return { result: { messageNumber }, later: [{ type: 'message-delivered', afterDays: RECEIPT_DAYS, data: { messageNumber } }] }
    }
  }
}
