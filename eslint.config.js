import { existsSync, readdirSync } from 'node:fs'
import { builtinModules } from 'node:module'
import importX from 'eslint-plugin-import-x'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

const foldersOf = room => existsSync(room)
  ? readdirSync(room, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(entry => entry.name)
  : []

// --- who may import whom (ARCHITECTURE.md) ---------------------------------------------------------------------
const rooms = ['core', 'server', 'workers', 'departments', 'web', 'migrations', 'test', 'scripts']
const forbid = (target, ...from) => ({ target: `./${target}`, from: from.map(path => `./${path}`) })
const only = (target, ...allowed) => forbid(target, ...rooms.filter(room => room !== target && !allowed.includes(room)))

const regions = foldersOf('workers').filter(name => name !== 'runtime')
const matters = regions.flatMap(region =>
  readdirSync(`workers/${region}`).filter(file => file.endsWith('.ts')).map(file => `workers/${region}/${file}`))
const slugOf = file => file.replace(/\..*$/, '') // resident-pension.ts and resident-pension.tiers.ts are one matter
const siblings = (files, isSame) => files.flatMap(one => {
  const others = files.filter(other => !isSame(one, other))
  return others.length ? [forbid(one, ...others)] : []
})
const departments = foldersOf('departments').filter(name => !['common', 'people'].includes(name)).map(name => `departments/${name}`)

const faces = foldersOf('web/src').filter(name => !['shared', 'staff'].includes(name))

const zones = [
  only('core'), only('server', 'core'), only('workers', 'core'), only('departments', 'core'), only('web', 'core'),
  only('migrations'),
  ...faces.map(face => forbid(`web/src/${face}`, ...faces.filter(other => other !== face).map(other => `web/src/${other}`))),
  ...faces.flatMap(face => [forbid('web/src/shared', `web/src/${face}`), forbid('web/src/staff', `web/src/${face}`)]),
  forbid('web/src/apply', 'web/src/staff'), forbid('web/src/shared', 'web/src/staff'),
  ...regions.map(region => forbid(`workers/${region}`, 'workers/runtime')),
  ...siblings(matters, (one, other) => slugOf(one) === slugOf(other)),
  ...siblings(departments, (one, other) => one === other)
]

const typesOnly = (...group) => ({ group, allowTypeImports: true })
const refuse = (...patterns) => ({ '@typescript-eslint/no-restricted-imports': ['error', { patterns }] })

export default tseslint.config(
  { ignores: ['node_modules/', 'var/', 'engine/target/', 'web/dist/', 'coverage/', '**/*.generated.ts', 'test/lint/bad/'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    plugins: { 'import-x': importX },
    settings: {
      'import-x/extensions': ['.ts', '.tsx'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
      'import-x/resolver': { typescript: true }
    },
    rules: {
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': ['error', { zones }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 5],
      'max-len': ['error', { code: 130, ignoreUrls: true, ignoreTemplateLiterals: true, ignoreStrings: true }],
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-properties': ['error', {
        object: 'process', property: 'env', message: 'Only a main.ts reads the environment; everything else is handed values.'
      }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }]
    }
  },
  {
    files: ['**/main.ts', 'scripts/**/*.ts', 'test/**/*.ts'],
    rules: { 'no-restricted-properties': 'off' }
  },
  {
    files: ['scripts/**/*.ts', 'scripts/**/*.mjs'],
    rules: { 'no-console': 'off' }
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': 'off',
      'max-len': ['error', { code: 150, ignoreUrls: true, ignoreTemplateLiterals: true, ignoreStrings: true }],
      '@typescript-eslint/no-unused-expressions': 'off'
    }
  },
  { files: ['workers/*/*.ts'], ignores: ['workers/runtime/**'], rules: { 'max-lines': ['error', { max: 80, skipBlankLines: true, skipComments: true }] } },
  {
    files: ['workers/**/*.ts'],
    ignores: ['workers/runtime/**'],
    rules: { 'no-restricted-imports': ['error', ...builtinModules.flatMap(name => [name, `node:${name}`])] }
  },
  {
    files: ['web/**/*.ts', 'web/**/*.tsx'],
    ...reactHooks.configs.flat.recommended,
    rules: { ...reactHooks.configs.flat.recommended.rules, ...refuse(typesOnly('**/core/**')) }
  },
  {
    // The applicants' bundle has to reach a telephone on a slow network.
    files: ['web/src/apply/**', 'web/src/shared/**'],
    rules: refuse(typesOnly('**/core/**'), { group: ['antd', 'antd/**', '@ant-design/**', 'bpmn-js', 'bpmn-js/**', 'echarts', 'echarts/**'] })
  },
  {
    files: ['migrations/**/*.ts'],
    rules: refuse(typesOnly('knex'))
  },
  { files: ['test/support/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } }
)
