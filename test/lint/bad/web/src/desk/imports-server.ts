export { createApp } from '../../../../../../server/app.ts'
