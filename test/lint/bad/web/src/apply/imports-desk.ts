export { QUEUES } from '../../../../../../web/src/desk/labels.ts'
