import type { Kind } from '../common/types.ts'

/** Sends a text message. Number and text are not kept, only that it was sent. */
export const messageKinds: Readonly<Record<string, Kind>> = {
  'text-message': {
    async handle(work) {
      return { result: { messageNumber: `DX${String(await work.next('message')).padStart(8, '0')}` } }
    }
  }
}
