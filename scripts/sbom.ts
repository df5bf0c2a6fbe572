import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Bom } from './sbom/licences.ts'
import { licenceRows, licenceTable, refusedRows } from './sbom/licences.ts'

const FOLDER = join('var', 'sbom')
const LIST = join('docs', 'licences.md')
const PLUGIN = 'org.cyclonedx:cyclonedx-maven-plugin:2.9.3:makeBom'
const ENGINES = ['operaton', 'camunda']

/**
 * `npm run sbom`: the bills of materials (CycloneDX) of the packages and of the engine in both profiles, below `var/sbom`, and
 * the list of licences `docs/licences.md`. Ends with 1 when a licence would not let us hand the program on.
 */
function main(): void {
  mkdirSync(FOLDER, { recursive: true })
  const parts: [title: string, bom: Bom][] = [['网页、服务和办件程序（npm）', packages()], ...ENGINES.map(profile =>
    [`流程引擎（${profile}）`, engine(profile)] as [string, Bom])]
  const rows = parts.map(([title, bom]) => [title, licenceRows(bom)] as const)
  writeFileSync(LIST, [
    '# Licences of what the project builds on', '',
    'Made by `npm run sbom` from the lock file and the engine\'s build. A number counts packages; few are named. Several licences in a row with a',
    'comma or `OR` are to choose from.', '',
    ...rows.flatMap(([title, list]) => [`## ${title}`, '', ...licenceTable(list), '']),
    `Lock file ${digest('package-lock.json')}, engine ${digest(join('engine', 'pom.xml'))}.`, ''
  ].join('\n'))
  console.log(`written: ${LIST}, ${FOLDER}`)
  for (const { licence, running } of rows.flatMap(([, list]) => refusedRows(list))) {
    console.error(`${licence}: ${running.join(', ')}`)
    process.exitCode = 1
  }
}

function packages(): Bom {
  const text = run('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'])
  writeFileSync(join(FOLDER, 'packages.cdx.json'), text)
  return JSON.parse(text) as Bom
}

function engine(profile: string): Bom {
  const name = `engine-${profile}.cdx`
  run('mvn', ['-q', '-B', '-f', 'engine/pom.xml', '-P', profile, PLUGIN, '-DoutputFormat=json', `-DoutputName=${name}`,
    `-DoutputDirectory=${resolve(FOLDER)}`, '-Dcyclonedx.skipAttach=true'])
  return JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as Bom
}

function run(command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  if (status !== 0) throw new Error(`${command} failed:\n${stdout}${stderr}`)
  return stdout
}

const digest = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16)

main()
