export { matter } from '../../../../../workers/guangxi/contribution.ts'
