import { useQuery } from '@tanstack/react-query'
import { answer, api } from '../../shared/api.ts'

/** Name under which what was read of the inbox is kept. */
export const INBOX = 'messages'

/** How many messages have not been read; nothing while that is unknown. */
export function useUnread(): number | undefined {
  const query = { unread: 'true', limit: 1 } as const
  return useQuery({ queryKey: [INBOX, 'unread'], queryFn: () => answer(api.GET('/messages', { params: { query } })) }).data?.unread
}
