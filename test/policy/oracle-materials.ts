/**
 * What 五 of the 办事指南 asks to be handed in and where 四（一） says that a matter is handled, written from the text and
 * apart from the tables, as oracle.ts is.
 */
import type { RawFacts } from '../../core/facts.ts'
import { origin } from './oracle.ts'
import type { MatterSlug } from './oracle.ts'

type Told = 'yes' | 'no' | 'unknown'

/** What the form tells beside the person's facts. */
export interface Papers {
  readonly hasAgent: Told
  /** 参保地 is in the county of the household. */
  readonly enrolsAtHousehold: Told
  readonly archiveDirection: 'receive' | 'transfer-out' | 'unknown'
  readonly archiveHolder: 'institution' | 'agency' | 'unknown'
  readonly isSeverelyDisabled: Told
  readonly isDestitute: Told
  readonly hasMinimumAllowance: Told
  /** 村干部、民办教师、代课人员. */
  readonly hasOtherSpecialStatus: Told
  readonly isLowIncomeDisabled: Told
  readonly isReturnedToPoverty: Told
}

/** `must`: 需提供 · `may`: 可以提供, or needed only if something that is not told is so. */
type Need = 'must' | 'may'
type Needs = Readonly<Record<string, Need | undefined>>

const ifSo = (told: Told): Need | undefined => ({ yes: 'must', unknown: 'may', no: undefined } as const)[told]

/** 低保残疾人 prove that they are both, with the papers of either. */
const ifAny = (...told: readonly Told[]): Need | undefined => told.includes('yes') ? 'must' : told.includes('unknown') ? 'may' : undefined

/** 通用材料: 申请表, 身份证明, and 如委托代办 the agent's. */
const common = ({ hasAgent }: Papers): Needs =>
  ({ 'application-form': 'must', identity: 'must', 'agent-identity': ifSo(hasAgent), 'agent-commitment': ifSo(hasAgent) })

/** 档案存放在机关、国有企事业单位的 ask for the release when the file is received, 转出 for the 《调档函》. */
function archive({ archiveDirection: direction, archiveHolder: holder }: Papers): Needs {
  const mayBe = direction !== 'transfer-out' && holder !== 'agency'
  return {
    'archive-release': direction === 'receive' && holder === 'institution' ? 'must' : mayBe ? 'may' : undefined,
    'archive-transfer-letter': ({ 'transfer-out': 'must', unknown: 'may', receive: undefined } as const)[direction],
    'archive-alternative-identity': 'may'
  }
}

/** 不在户籍地参保的大陆籍居民 ask for the 居住证; while 参保地 is not told, somebody of Guangxi who lives elsewhere may need it. */
function residencePermit(facts: RawFacts, { enrolsAtHousehold }: Papers): Need | undefined {
  const whose = origin(facts)
  if (whose === 'other province') return 'must'
  if (whose === undefined) return 'may'
  if (whose !== 'guangxi') return undefined
  if (enrolsAtHousehold !== 'unknown') return enrolsAtHousehold === 'no' ? 'must' : undefined
  return facts.householdDivision?.slice(0, 6) === facts.residenceDivision?.slice(0, 6) ? undefined : 'may'
}

/** 变更姓名、公民身份号码等重要个人信息的，还需提供派出所出具的变更证明或居民户口簿. */
const identityChange = ({ changesNameOrIdNumber: changes }: RawFacts): Needs =>
  ({ 'identity-change': ifSo(changes === undefined ? 'unknown' : changes ? 'yes' : 'no') })

const OWN: Readonly<Record<MatterSlug, (facts: RawFacts, papers: Papers) => Needs>> = {
  'archive-transfer': (_, papers) => archive(papers),
  'resident-pension': (facts, papers) => ({
    'household-book': ['hmt', 'hmt without permit', 'foreigner'].includes(origin(facts) ?? '') ? undefined : 'must',
    'disability-certificate': ifAny(papers.isSeverelyDisabled, papers.isLowIncomeDisabled), 'destitute-certificate': ifSo(papers.isDestitute),
    'minimum-allowance-certificate': ifAny(papers.hasMinimumAllowance, papers.isLowIncomeDisabled),
    'special-status-certificate': ifSo(papers.hasOtherSpecialStatus), 'poverty-return-certificate': ifSo(papers.isReturnedToPoverty)
  }),
  'flexible-pension': () => ({}),
  'social-security-card': () => ({ photo: 'must', 'card-alternative-identity': 'may' }),
  'resident-medical': (facts, papers) => ({
    'residence-permit': residencePermit(facts, papers),
    ...(origin(facts) === 'foreigner' ? { 'permanent-residence': 'must', 'accommodation-registration': 'must' } as const : {})
  }),
  'resident-medical-change': identityChange,
  'flexible-medical': (facts, papers) => ({ 'residence-permit': residencePermit(facts, papers), 'power-of-attorney': ifSo(papers.hasAgent) }),
  'flexible-medical-change': identityChange,
  contribution: () => ({})
}

/** 一套材料: by code, once for the whole selection; what one matter demands is demanded. */
export function papersFor(matters: readonly MatterSlug[], facts: RawFacts, papers: Papers): Record<string, Need> {
  const all: Record<string, Need> = {}
  const needs = matters.length === 0 ? [] : [common(papers), ...matters.map(slug => OWN[slug](facts, papers))]
  for (const [code, need] of needs.flatMap(one => Object.entries(one))) if (need && all[code] !== 'must') all[code] = need
  return all
}

/** Whose place counts: 户籍地, 居住地, where the file lies, or nowhere in Guangxi. */
export function placeOf(matter: MatterSlug, facts: RawFacts, isInGuangxi: (division?: string) => boolean): 'household' | 'residence' | 'archive' | 'home' {
  const whose = origin(facts)
  const livesHere = isInGuangxi(facts.residenceDivision)
  // 四（一）2（2）
  if (matter === 'archive-transfer') return whose === 'guangxi' ? 'household' : 'archive'
  // 四（一）3（2）: 在户籍地参加；持港澳台居民居住证可以在居住地参加
  if (matter === 'resident-pension') return whose === 'guangxi' ? 'household' : whose?.startsWith('hmt') ? 'residence' : 'home'
  // 四（一）4（2）: 户籍地或居住地
  if (matter === 'resident-medical' || matter === 'flexible-medical') return whose === 'guangxi' ? 'household' : livesHere ? 'residence' : 'home'
  return livesHere ? 'residence' : whose === 'guangxi' ? 'household' : 'home'
}
