export { theme } from '../../../../../../web/src/staff/theme.ts'
