export { camelCase } from '../../../../workers/runtime/run-handler.ts'
