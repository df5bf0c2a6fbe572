export { appendAudit } from '../../../../../server/db/audit.ts'
