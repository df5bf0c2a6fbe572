import type { paths } from '../../shared/api.generated.ts'

/** What people get to see at the steps of a draft. */
export type Shown = paths['/drafts/{draft}/forms']['get']['responses']['200']['content']['application/json']
