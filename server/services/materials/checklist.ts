import { formatInstant } from '../../../core/dates.ts'
import type { Licence } from '../../../core/licences.ts'
import { maskPass } from '../../../core/masking.ts'
import type { ServerContext } from '../../context.ts'
import type { Application, ApplicationContent } from '../../db/applications.ts'
import { findOriginalChecks } from '../../db/material-checks.ts'
import type { LicenceCheck, OriginalCheck, OriginalWay } from '../../db/material-checks.ts'
import { findMaterials } from '../../db/materials.ts'
import type { Material } from '../../db/materials.ts'
import type { RequiredMaterial } from '../policy/required-materials.ts'
import { personKey } from '../person-keys.ts'
import { licenceChecks, licenceOf } from './licences.ts'
import { materialState } from './state.ts'
import type { MaterialState } from './state.ts'

/** One material that the rules ask of an application, with everything that is known about it. */
export interface ChecklistEntry {
  readonly material: RequiredMaterial
  readonly state: MaterialState
  readonly files: readonly Material[]
  readonly licence: Licence | null
  readonly check: LicenceCheck | undefined
  readonly original: OriginalCheck | undefined
}

type Context = Pick<ServerContext, 'clock' | 'crypto' | 'db'>

/** What is known about the materials that an application needs. Nobody is asked here: see `refreshLicences`. */
export async function checklistOf(
  ctx: Context, application: Application, content: ApplicationContent, needed: readonly RequiredMaterial[]
): Promise<ChecklistEntry[]> {
  const key = personKey(ctx.crypto, content.common.person as Record<string, unknown> | undefined)
  const [files, licences, originals] = await Promise.all([
    findMaterials(ctx.db, application.id), licenceChecks(ctx.db, application.id, key), findOriginalChecks(ctx.db, application.id)
  ])
  const today = ctx.clock.today()
  // An agent has proved who he is himself, not who the applicant is.
  const isSignedIn = application.channel !== 'window' && !content.agent
  return needed.map(material => {
    const own = files.filter(({ code }) => code === material.code)
    const check = material.licence === null ? undefined : licences.get(material.licence)
    const original = originals.filter(({ code }) => code === material.code).at(-1)
    const licence = licenceOf(ctx, check)
    const state = materialState(material, {
      licence, uploadedAt: own.at(-1)?.created_at ?? null, verifiedAt: original?.checked_at ?? null, isSignedIn
    }, today)
    return { material, state, files: own, licence, check, original }
  })
}

const STATES: Readonly<Record<MaterialState, string>> = {
  provided: '无需提交', exempt: '免提交', 'to-upload': '待上传', uploaded: '已上传', 'original-pending': '原件待核', 'original-verified': '原件已核'
}
const SHARING: Readonly<Record<LicenceCheck['outcome'], string>> = {
  found: '已通过数据共享取得电子证照',
  none: '公共数据平台没有查到该电子证照，请上传材料',
  unmatched: '姓名、证件号码与公共数据平台的登记不一致，请上传材料，由工作人员核实',
  unavailable: '公共数据平台暂时无法查询，请上传材料；恢复后会自动再次查询'
}
const WAYS: Readonly<Record<OriginalWay, string>> = {
  licence: '由工作人员与电子证照比对', window: '到任一政务服务窗口出示原件'
}

/** An entry as people see it; numbers of licences are masked for everybody. */
export function checklistView(entry: ChecklistEntry, fileView: (file: Material) => object) {
  const { material, state, files, licence, check, original } = entry
  const isExempt = state === 'exempt'
  const { code, name, matters, form, required, standard, condition, ruleId, clause } = material
  return {
    code, name, matters, form, required, standard, condition, ruleId, clause,
    state,
    stateText: stateText(material, state),
    replacedBy: isExempt && licence
      ? { licence: licence.type, name: licence.name, number: maskPass(licence.number), validUntil: licence.validUntil } : null,
    sharing: check ? { outcome: check.outcome, text: SHARING[check.outcome], checkedAt: formatInstant(check.checked_at) } : null,
    original: material.verifyOriginal && !isExempt ? originalView(material, original, state) : null,
    files: files.map(fileView)
  }
}

function stateText({ kind, required }: RequiredMaterial, state: MaterialState): string {
  if (state === 'provided') return kind === 'form' ? '系统生成' : '已实名核验'
  return required || state !== 'to-upload' ? STATES[state] : '符合条件的上传'
}

function originalView({ licence }: RequiredMaterial, original: OriginalCheck | undefined, state: MaterialState) {
  const ways: OriginalWay[] = licence === null ? ['window'] : ['licence', 'window']
  const isVerified = state === 'original-verified' && original !== undefined
  return {
    isVerified,
    verifiedAt: isVerified ? formatInstant(original.checked_at) : null,
    way: isVerified ? original.way : null,
    ways: ways.map(way => ({ way, text: WAYS[way] }))
  }
}
