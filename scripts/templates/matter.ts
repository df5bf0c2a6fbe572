import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Region, Steps } from '../../core/region.ts'
import { camelCase } from '../../core/region.ts'
import { writeTemplate } from './fill.ts'
import { appendToList } from './lists.ts'
import { addBooleanInput, addMatterValue, addRule } from './table.ts'
import type { NewRule } from './table.ts'
import { addToUmbrella } from './umbrella.ts'

export interface NewMatter {
  readonly region: string
  readonly slug: string
  readonly title: string
  /** Slug of a department of the region. */
  readonly department: string
}

/** Names of files that belong to no matter, in one room or another. */
const TAKEN = ['enrolment', 'common', 'agent']
const PERSON = ['name', 'idType', 'idNumber']
const TOLD = [...PERSON, 'sex', 'birthDate', 'ethnicity', 'mobile', 'householdDivision', 'residenceDivision', 'residenceAddress']

/**
 * Writes a matter that runs into a region below `root`, and its rows and entries into the region's own tables and lists. Gives
 * the paths that were written or changed.
 * @throws Error in Chinese, before anything is written, for a slug that is malformed or taken, and an unknown region or
 * department
 */
export function newMatter(root: string, matter: NewMatter): string[] {
  const { region, slug, title } = matter
  const entry = readRegion(root, region)
  const department = checkMatter(root, entry, matter)
  const camel = camelCase(slug)
  const pascal = camel.replace(/^./, letter => letter.toUpperCase())
  const values = { region, slug, title, Slug: pascal, home: entry.homeDivision, departmentName: department.name }
  const no = String(entry.matters.length + 1).padStart(2, '0')
  const isPresent = (path: string) => existsSync(join(root, path))
  const edits: Readonly<Record<string, (text: string) => string>> = {
    [`regions/${region}/region.json`]: json => appendToList(json, 'matters', { slug, no, title, department: department.slug }),
    [`regions/${region}/steps.json`]: json => withSteps(json, matter),
    [`regions/${region}/demo.json`]: json => json.replace('"matters": []', `"matters": ["${slug}"]`),
    [`regions/${region}/questionnaire.json`]: json =>
      appendToList(json, 'options', { value: slug, label: title, matters: [slug] }, '      ', '"id": "wish"'),
    [`regions/${region}/clauses.json`]: json => clausesOf(matter).reduce((text, one) => appendToList(text, 'clauses', one), json),
    [`regions/${region}/notice.txt`]: text => `${text.trimEnd()}\n\n${noticeOf(matter)}`,
    [`processes/${region}/enrolment.bpmn`]: xml => addToUmbrella(xml, { region, slug, title, pascal, camel }),
    [`processes/${region}/README.md`]: text => withTopics(text, matter),
    [`processes/${region}/exclusivity.dmn`]: xml => addBooleanInput(addMatterValue(xml, slug), `sel${pascal}`, `选办${title}`),
    ...Object.fromEntries(Object.entries(rulesOf(matter)).map(([name, rules]) =>
      [`processes/${region}/${name}.dmn`, (xml: string) => rules.reduce(addRule, addMatterValue(xml, slug))]))
  }
  // All is made before anything is written: a file that somebody has laid out otherwise is refused as a whole.
  const changed = Object.entries(edits).filter(([path]) => isPresent(path))
    .map(([path, edit]) => [path, edit(readFileSync(join(root, path), 'utf8'))] as const)
  const written = writeTemplate('matter', root, values)
  for (const [path, text] of changed) writeFileSync(join(root, path), text)
  return [...written, ...changed.map(([path]) => path)]
}

export function readRegion(root: string, region: string): Region {
  const path = join(root, 'regions', region, 'region.json')
  if (!existsSync(path)) throw new Error(`没有地区“${region}”：先运行 npm run new:region -- ${region}`)
  return JSON.parse(readFileSync(path, 'utf8')) as Region
}

/** @throws Error for a slug or a title that cannot be one */
export function checkNames({ slug, title }: Pick<NewMatter, 'slug' | 'title'>): void {
  if (!/^[a-z]+(-[a-z]+)*$/.test(slug)) throw new Error(`事项代号“${slug}”不合规则：只用小写字母，单词之间用连字符，例如 flexible-pension`)
  if (TAKEN.includes(slug)) throw new Error(`事项代号“${slug}”另有用途，请换一个`)
  if (/[<>&"'`\\{}]/.test(title) || !/\p{Script=Han}/u.test(title)) throw new Error(`事项名称“${title}”不合规则：用汉字，不含引号、尖括号和花括号`)
}

function checkMatter(root: string, region: Region, { slug, title, department }: NewMatter) {
  checkNames({ slug, title })
  const rooms = ['processes', 'forms', 'workers', 'regions'].flatMap(room => filesIn(join(root, room, region.slug)).map(file => [room, file]))
  const taken = rooms.find(([, file]) => file!.split(/[./]/).includes(slug))
  if (taken || region.matters.some(known => known.slug === slug)) throw new Error(`事项“${region.slug}/${slug}”已经存在，不会覆盖`)
  const known = region.departments.find(one => one.slug === department)
  if (!known) throw new Error(`没有部门“${department}”：region.json 中有 ${region.departments.map(one => one.slug).join('、')}`)
  return known
}

const filesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [])

function withSteps(json: string, { region, slug, department }: NewMatter): string {
  const fields = (names: readonly string[]) => Object.fromEntries(names.map(name => [name, `/common/person/${name}`]))
  const steps: Steps = {
    ...JSON.parse(json) as Steps,
    [`${region}.${slug}.verify`]: {
      department: 'data-sharing', answers: { verification: ['passed', 'doubtful', 'unavailable'] }, fields: fields(PERSON)
    },
    [`${region}.${slug}.register`]: {
      department, answers: { registration: ['registered', 'refused'] }, fields: { ...fields(TOLD), startedOn: '/item/startedOn' }
    }
  }
  return `${JSON.stringify(steps, null, 2)}\n`
}

function withTopics(text: string, { region, slug, department }: NewMatter): string {
  const rows = `| \`${region}.${slug}.verify\` | data-sharing person-verification | \`verification\` |
| \`${region}.${slug}.register\` | ${department} matter-registration | \`registration\` |
`
  return text.replace(/^\| `common\.mail-results`/m, row => rows + row)
}

const conditionOf = (title: string): string => `年满16周岁、未由用人单位缴纳社会保险费的灵活就业人员可以申请${title}`
const deadlineOf = (title: string): string => `${title}自受理之日起5个工作日内办结`

const noticeOf = ({ title }: NewMatter): string => `${title}（样例条文，待换成通知原文）
${conditionOf(title)}。
${deadlineOf(title)}。
`

const clausesOf = ({ slug, title }: NewMatter): object[] => [
  { id: `三 ${title}`, kind: 'condition', matters: [slug], text: conditionOf(title) },
  { id: `五 ${title}`, kind: 'deadline', matters: [slug], text: deadlineOf(title) }
]

/** The rows that the matter brings to each table; none for a table that only has to know its slug. */
function rulesOf({ slug, title }: NewMatter): Readonly<Record<string, readonly NewRule[]>> {
  const clause = `"办事指南三 ${title}：“${conditionOf(title)}”"`
  const matter = `"${slug}"`
  const refuse = (message: string) => ({ matter, verdict: '"refuse"', clause, message: `"${message}"` })
  return {
    deadlines: [{
      id: `deadline-${slug}`, description: `${title}，5个工作日`, when: { matter },
      then: {
        kind: '"promised"', promisedWorkingDays: '5', statutoryWorkingDays: 'null', clause: `"办事指南五 ${title}：“${deadlineOf(title)}”"`
      }
    }],
    eligibility: [
      { id: `eligibility-${slug}-under-16`, description: '未满16周岁', when: { isAtLeast16: '"no"' }, then: refuse('未满16周岁，不能办理。') },
      {
        id: `eligibility-${slug}-employer`, description: '用人单位缴费', when: { isEmployerInsured: '"yes"' },
        then: refuse(`用人单位正在为您缴纳社会保险费，不能申请${title}。`)
      }
    ],
    'needed-facts': [
      {
        id: `needs-${slug}-birth-date`, description: '出生日期', when: { isAtLeast16: '"unknown"' },
        then: { matter, fact: '"birthDate"', clause }
      },
      {
        id: `needs-${slug}-employer`, description: '用人单位是否缴费', when: { isEmployerInsured: '"unknown"' },
        then: { matter, fact: '"isEmployerInsured"', clause }
      }
    ],
    materials: [], jurisdiction: [], review: []
  }
}
