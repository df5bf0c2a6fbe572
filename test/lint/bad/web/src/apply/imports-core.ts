export { catalogue } from '../../../../../../core/errors.ts'
