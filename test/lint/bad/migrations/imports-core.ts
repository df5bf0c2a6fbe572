export { camelCase } from '../../../../core/region.ts'
