import { randomUUID } from 'node:crypto'
import { everyPage } from './gateway-instances.ts'
import type { Page } from './gateway-instances.ts'
import type { Rest } from './rest.ts'
import { EngineRefusal } from './rest.ts'

export interface DeploymentFile {
  readonly name: string
  readonly content: string
}

export interface Deployment {
  readonly id: string
  /** Keys of the processes and decisions of which this made a new version; empty when nothing had changed. */
  readonly deployed: readonly string[]
}

export interface DefinitionVersion {
  readonly id: string
  readonly key: string
  readonly version: number
}

export type DefinitionKind = 'process' | 'decision'

/** The latest version of a process or a decision, as the engine has it. */
export interface DefinitionInForce extends DefinitionVersion {
  readonly kind: DefinitionKind
  readonly name: string
}

/** A value of a decision table, in or out. */
export type DecisionValue = string | number | boolean | null
export type DecisionRow = Record<string, DecisionValue>

export interface EngineDeployments {
  /** Deploys files that differ from the latest ones of the same deployment name and source. */
  deploy(name: string, source: string, files: readonly DeploymentFile[]): Promise<Deployment>
  /** Latest version of a process; undefined when none is deployed. */
  processDefinition(key: string): Promise<DefinitionVersion | undefined>
  /** Latest version of a decision; undefined when none is deployed. */
  decisionDefinition(key: string): Promise<DefinitionVersion | undefined>
  /** Latest versions of all processes and decisions whose keys begin so, by key. */
  definitionsInForce(prefix: string): Promise<DefinitionInForce[]>
  /** One version of a process or a decision; undefined when there is none. */
  definitionVersion(kind: DefinitionKind, key: string, version: number): Promise<DefinitionVersion | undefined>
  /** Numbers of all versions of a process or a decision, the latest first. */
  definitionVersions(kind: DefinitionKind, key: string): Promise<DefinitionVersion[]>
  /** Keys of the models whose version in force was deployed under this source. */
  keysDeployedBy(source: string, prefix: string): Promise<string[]>
  /** Takes a deployment away with everything that runs on it: for what was deployed to be tried out. */
  deleteDeployment(id: string): Promise<void>
  /** BPMN of one version (immutable). */
  processXml(definitionId: string): Promise<string>
  /** DMN of one version (immutable). */
  decisionXml(definitionId: string): Promise<string>
  /** Rows that matched, each with its output columns by name. */
  evaluateDecision(definitionId: string, inputs: Readonly<DecisionRow>): Promise<DecisionRow[]>
}

const DEPLOY_TIMEOUT = 60_000
const MOST_DEFINITIONS = 1_000

export function deployments(rest: Rest): EngineDeployments {
  return {
    async deploy(name, source, files) {
      const payload = multipart([
        ['deployment-name', name], ['deployment-source', source],
        ['enable-duplicate-filtering', 'true'], ['deploy-changed-only', 'true']
      ], files)
      const answer = await rest<DeploymentAnswer>('POST', '/deployment/create', { payload, timeoutMs: DEPLOY_TIMEOUT })
      const made = [answer.deployedProcessDefinitions, answer.deployedDecisionDefinitions]
      return { id: answer.id, deployed: made.flatMap(group => Object.values(group ?? {}).map(({ key }) => key)).sort() }
    },
    processDefinition: key => latest(rest, 'process-definition', key),
    decisionDefinition: key => latest(rest, 'decision-definition', key),
    definitionsInForce: async prefix => (await Promise.all((['process', 'decision'] as const).map(kind => inForce(rest, kind, prefix)))).flat(),
    async definitionVersion(kind, key, version) {
      const [found] = await rest<DefinitionVersion[]>('GET', `/${kind}-definition`, { query: { key, version, withoutTenantId: true, maxResults: 1 } })
      return found && { id: found.id, key, version }
    },
    async definitionVersions(kind, key) {
      const query = { key, withoutTenantId: true, sortBy: 'version', sortOrder: 'desc', maxResults: MOST_DEFINITIONS }
      return (await rest<DefinitionVersion[]>('GET', `/${kind}-definition`, { query })).map(({ id, version }) => ({ id, key, version }))
    },
    async keysDeployedBy(source, prefix) {
      const [latest, own] = await Promise.all([
        Promise.all((['process', 'decision'] as const).map(kind => rawInForce(rest, kind, prefix))),
        idsOfDeployments(rest, source)
      ])
      const ids = new Set(own)
      return latest.flat().filter(({ deploymentId }) => ids.has(deploymentId)).map(({ key }) => key)
    },
    async deleteDeployment(id) {
      await rest('DELETE', `/deployment/${encodeURIComponent(id)}`, {
        query: { cascade: true, skipCustomListeners: true, skipIoMappings: true }, timeoutMs: DEPLOY_TIMEOUT
      })
    },
    processXml: async id => (await rest<{ bpmn20Xml: string }>('GET', `/process-definition/${encodeURIComponent(id)}/xml`)).bpmn20Xml,
    decisionXml: async id => (await rest<{ dmnXml: string }>('GET', `/decision-definition/${encodeURIComponent(id)}/xml`)).dmnXml,
    async evaluateDecision(definitionId, inputs) {
      const variables = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, { value }]))
      const rows = await rest<Record<string, { value: DecisionValue }>[]>(
        'POST', `/decision-definition/${encodeURIComponent(definitionId)}/evaluate`, { body: { variables } })
      return rows.map(row => Object.fromEntries(Object.entries(row).map(([name, { value }]) => [name, value])))
    }
  }
}

async function idsOfDeployments(rest: Rest, source: string): Promise<string[]> {
  const all: string[] = []
  const ask = ({ first, max }: Page) => rest<{ id: string }[]>('GET', '/deployment', {
    query: { source, withoutTenantId: true, sortBy: 'id', sortOrder: 'asc', firstResult: first, maxResults: max }
  })
  for await (const page of everyPage(ask)) all.push(...page.map(({ id }) => id))
  return all
}

type Deployed = Record<string, { key: string }> | null | undefined

interface DeploymentAnswer {
  readonly id: string
  readonly deployedProcessDefinitions?: Deployed
  readonly deployedDecisionDefinitions?: Deployed
}

interface RawDefinition extends DefinitionVersion {
  readonly name: string | null
  readonly deploymentId: string
}

function rawInForce(rest: Rest, kind: DefinitionKind, prefix: string): Promise<RawDefinition[]> {
  return rest('GET', `/${kind}-definition`, {
    query: {
      keyLike: `${prefix}%`, latestVersion: true, withoutTenantId: true,
      sortBy: 'key', sortOrder: 'asc', maxResults: MOST_DEFINITIONS
    }
  })
}

async function inForce(rest: Rest, kind: DefinitionKind, prefix: string): Promise<DefinitionInForce[]> {
  const found = await rawInForce(rest, kind, prefix)
  return found.map(({ id, key, version, name }) => ({ id, key, version, kind, name: name ?? key }))
}

async function latest(rest: Rest, kind: string, key: string): Promise<DefinitionVersion | undefined> {
  const { id, version } = await rest<DefinitionVersion>('GET', `/${kind}/key/${encodeURIComponent(key)}`)
    .catch((error: unknown) => {
      if (error instanceof EngineRefusal && error.engineStatus === 404) return { id: undefined, version: 0 }
      throw error
    })
  return id === undefined ? undefined : { id, key, version }
}

/** RFC 7578 by hand: a dozen lines against a dependency. Names are ours, so they need no escaping. */
export function multipart(
  fields: readonly (readonly [string, string])[], files: readonly DeploymentFile[]
): { type: string; bytes: Buffer } {
  const boundary = `----${randomUUID()}`
  const part = (disposition: string, content: string): string =>
    `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${content}\r\n`
  const text = fields.map(([name, value]) => part(`name="${name}"`, value)).join('')
    + files.map(({ name, content }) => part(`name="${name}"; filename="${name}"\r\nContent-Type: application/xml`, content)).join('')
  return { type: `multipart/form-data; boundary=${boundary}`, bytes: Buffer.from(`${text}--${boundary}--\r\n`) }
}
