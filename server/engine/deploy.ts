import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { AppError } from '../../core/errors.ts'
import type { Deployment, DeploymentFile } from './gateway-deployments.ts'
import type { EngineGateway } from './gateway.ts'
import { checkModel } from './model-gate.ts'

/** Never changed: another source makes the engine deploy everything anew (engine-notes C7). */
const SOURCE = 'yijianshi'
/** Of what designers released; never changed either. Each has a name of its own, so no other deployment takes it for its own. */
export const RELEASE_SOURCE = 'yijianshi-studio'

/**
 * Deploys all models of a region's folder (`processes/<region>`), only what has changed since the last time. What designers
 * released stays in force: a file of such a model is not deployed (the studio shows what it would change).
 * @throws AppError MODEL_REFUSED whose `extra.findings` list what the safety gate does not let pass
 */
export async function deployRegion(
  engine: Pick<EngineGateway, 'deploy' | 'keysDeployedBy'>, folder: string
): Promise<Deployment> {
  const released = await engine.keysDeployedBy(RELEASE_SOURCE, `${basename(folder)}-`)
  const files = (await readModels(folder)).filter(({ name }) => !released.includes(keyOf(name)))
  const findings = files.flatMap(({ name, content }) => checkModel(name, content))
  if (findings.length > 0) {
    const list = findings.map(({ file, element, message }) => `${file} ${element ?? ''}：${message}`).join('\n')
    throw new AppError('MODEL_REFUSED', { detail: `流程模型含有不允许的内容：\n${list}`, extra: { findings } })
  }
  if (files.length === 0) return { id: '', deployed: [] }
  return engine.deploy(basename(folder), SOURCE, files)
}

/** The models of a folder, in the order of their names. */
export async function readModels(folder: string): Promise<DeploymentFile[]> {
  const names = (await readdir(folder)).filter(name => /\.(bpmn|dmn)$/.test(name)).sort()
  const region = basename(folder)
  return Promise.all(names.map(async name => ({
    // Resource names stand beside other regions' in the engine's tables, so they carry the region.
    name: `${region}/${name}`, content: await readFile(join(folder, name), 'utf8')
  })))
}

/** `<region>/<slug>.bpmn` → <region>-<slug>. */
const keyOf = (name: string): string => name.replace('/', '-').replace(/\.(bpmn|dmn)$/, '')
