export { theme } from '../../../../../../web/src/desk/theme.ts'
