import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { load, loadAll } from 'js-yaml'
import { configurationOf, holdsEverything, isPinned, mainOf, oddVariables, probes } from './parts.ts'
import type { Part } from './parts.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- manifests are read as they stand; what they must hold is what is tested */

const FOLDER = 'docker/kubernetes'
const kustomization = load(readFileSync(join(FOLDER, 'kustomization.yaml'), 'utf8')) as any
const files = readdirSync(FOLDER).filter(file => file.endsWith('.yaml') && file !== 'kustomization.yaml')
const objects: any[] = files.flatMap(file => loadAll(readFileSync(join(FOLDER, file), 'utf8')))
const ofKind = (kind: string): any[] => objects.filter(one => one.kind === kind)
const workloads = [...ofKind('Deployment'), ...ofKind('StatefulSet'), ...ofKind('Job'), ...ofKind('CronJob')]
const templateOf = ({ spec }: any): any => (spec.jobTemplate?.spec ?? spec).template
const podOf = (workload: any): any => templateOf(workload).spec
const isLasting = ({ kind }: any): boolean => !['Job', 'CronJob'].includes(kind)
const containerOf = (workload: any): any => podOf(workload).containers[0]
const dataOf = (name: string): Record<string, string> => ofKind('ConfigMap').find(({ metadata }) => metadata.name === name)?.data ?? {}
const partOfPod = (workload: any): string => templateOf(workload).metadata.labels.part

function asPart(workload: any): Part {
  const { name, image, command = [], envFrom, env = [], volumeMounts } = containerOf(workload)
  const { items } = podOf(workload).volumes.find((volume: any) => volume.name === 'secrets').secret
  const { mountPath } = volumeMounts.find((mount: any) => mount.name === 'secrets')
  const single = env.map(({ name, valueFrom: { configMapKeyRef: from } }: any) => ({ [name]: dataOf(from.name)[from.key] }))
  return {
    name, image, command, environment: Object.assign({}, ...envFrom.map((from: any) => dataOf(from.configMapRef.name)), ...single),
    secretFiles: items.map(({ path }: { path: string }) => `${mountPath}/${path}`)
  }
}

describe('docker/kubernetes', () => {
  it('says of each object what it is, and applies every file', () => {
    for (const one of objects) expect(one, JSON.stringify(one?.metadata)).to.include.keys('apiVersion', 'kind', 'metadata')
    expect([...kustomization.resources].sort()).to.deep.equal([...files].sort())
    const names = objects.map(one => `${one.kind} ${one.metadata.name}`)
    expect(new Set(names).size).to.equal(names.length)
  })

  it('tells each part what it reads and nothing else, and no secret in the open', () => {
    expect(workloads.map(({ metadata }) => metadata.name).sort()).to.deep.equal(['backup', 'deploy', 'engine', 'server', 'workers'])
    expect(workloads.flatMap(one => oddVariables(asPart(one)).map(name => `${one.metadata.name} ${name}`))).to.deep.equal([])
  })

  it('gives each part a configuration that it starts with, and where secrets are read from', () => {
    for (const one of workloads.filter(({ metadata }) => metadata.name !== 'engine')) {
      expect(() => configurationOf(asPart(one)), one.metadata.name).to.not.throw()
    }
    const engine = asPart(workloads.find(({ metadata }) => metadata.name === 'engine'))
    const tree = engine.environment.SPRING_CONFIG_IMPORT!.replace('configtree:', '')
    expect(engine.secretFiles).to.deep.equal(['ENGINE_PASSWORD', 'ENGINE_DB_PASSWORD'].map(name => tree + name))
    const made = [...readFileSync('docker/secrets.sh', 'utf8').matchAll(/^keep ([\w-]+)/gm)].map(([, name]) => name)
    for (const one of workloads) {
      for (const volume of podOf(one).volumes.filter((each: any) => each.secret)) {
        expect(made, one.metadata.name).to.include.members(volume.secret.items.map(({ key }: { key: string }) => key))
      }
    }
  })

  it('runs each program on the ports that it says, and finds it there', () => {
    const { PORT, ENGINE_URL, INTERNAL_URL, WORKERS_URLS } = dataOf('parts') as Record<'PORT' | 'ENGINE_URL' | 'INTERNAL_URL' | 'WORKERS_URLS', string>
    const portsOf = (name: string): Record<string, number> => {
      const { ports } = containerOf(workloads.find(({ metadata }) => metadata.name === name))
      return Object.fromEntries(ports.map((port: any) => [port.name, port.containerPort]))
    }
    expect(portsOf('server')).to.deep.equal({ public: Number(PORT), internal: Number(PORT) + 1 })
    expect(portsOf('workers')).to.deep.equal({ health: Number(PORT) + 2 })
    expect(portsOf('engine')).to.deep.equal({ rest: Number(dataOf('engine').ENGINE_PORT) })
    for (const { metadata, spec } of ofKind('Service')) {
      for (const port of spec.ports) expect(portsOf(metadata.name)[port.targetPort], `${metadata.name} ${port.name}`).to.equal(port.port)
    }
    for (const url of [ENGINE_URL, INTERNAL_URL]) {
      const { hostname, port } = new URL(url)
      expect(Object.values(portsOf(hostname)), url).to.include(Number(port))
    }
    const { spec } = workloads.find(({ kind }) => kind === 'StatefulSet')
    const urlOf = (index: number): string => `http://workers-${index}.${spec.serviceName}:${portsOf('workers').health}`
    expect(WORKERS_URLS.split(',')).to.deep.equal(Array.from({ length: spec.replicas }, (_, index) => urlOf(index)))
  })

  it('asks each part at a path and port that it has', () => {
    for (const workload of workloads.filter(isLasting)) {
      const container = containerOf(workload)
      for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
        const { path, port } = container[probe].httpGet
        expect(probes[partOfPod(workload) as keyof typeof probes], `${container.name} ${probe}`).to.include(path)
        expect(container.ports.map(({ name }: { name: string }) => name)).to.include(port)
      }
    }
  })

  it('backs up both databases and the papers, beside which it works, to a place of its own', () => {
    const [backup, engine, server] = ['backup', 'engine', 'server'].map(name => workloads.find(({ metadata }) => metadata.name === name))
    expect(holdsEverything(asPart(backup), asPart(engine))).to.equal(true)
    const mountOf = (workload: any, path: string) => {
      const { name } = containerOf(workload).volumeMounts.find(({ mountPath }: any) => mountPath === path)
      return podOf(workload).volumes.find((volume: any) => volume.name === name).persistentVolumeClaim
    }
    const { dataDir } = configurationOf(asPart(backup))
    expect(mountOf(backup, dataDir)).to.deep.equal(mountOf(server, dataDir))
    expect(mountOf(backup, asPart(backup).command.at(-1)!).claimName).to.not.equal(mountOf(backup, dataDir).claimName)
    expect(backup.spec.concurrencyPolicy).to.equal('Forbid')
  })

  it('pins its images to the version of the project', () => {
    for (const one of workloads) expect(isPinned(containerOf(one).image), one.metadata.name).to.equal(true)
    for (const { name, newTag } of kustomization.images) expect(isPinned(`${name}:${newTag}`)).to.equal(true)
  })

  it('selects what there is, mounts what there is, and lets nobody in who is not named', () => {
    const labels = new Set(workloads.map(partOfPod))
    for (const one of workloads.filter(isLasting)) expect(one.spec.selector.matchLabels.part).to.equal(partOfPod(one))
    for (const { spec } of ofKind('Service')) expect(labels).to.include(spec.selector.part)
    for (const { spec } of ofKind('PodDisruptionBudget')) expect(labels).to.include(spec.selector.matchLabels.part)
    for (const one of workloads) {
      const volumes = podOf(one).volumes
      const mounts = containerOf(one).volumeMounts.map(({ name }: { name: string }) => name)
      expect(volumes.map(({ name }: { name: string }) => name)).to.have.members(mounts)
      for (const { persistentVolumeClaim: claim } of volumes) {
        if (claim) expect(ofKind('PersistentVolumeClaim').map(({ metadata }) => metadata.name)).to.include(claim.claimName)
      }
      expect(podOf(one).securityContext.runAsNonRoot && podOf(one).automountServiceAccountToken === false, one.metadata.name).to.equal(true)
    }
    const policies = ofKind('NetworkPolicy')
    expect(policies.find(({ metadata }) => metadata.name === 'nobody').spec).to.deep.equal({ podSelector: {}, policyTypes: ['Ingress'] })
    for (const { metadata, spec } of policies.filter(one => one.metadata.name !== 'nobody')) {
      const { ports } = containerOf(workloads.find(one => one.metadata.name === metadata.name))
      for (const rule of spec.ingress) {
        expect(ports.map(({ name }: { name: string }) => name)).to.include.members(rule.ports.map(({ port }: { port: string }) => port))
        expect(rule.from, metadata.name).to.not.be.empty
      }
    }
    const program = ['server/main.ts', 'workers/runtime/main.ts', 'scripts/deploy.ts', 'scripts/backup.ts']
    expect(workloads.filter(({ metadata }) => metadata.name !== 'engine').map(one => mainOf(asPart(one))).sort()).to.deep.equal(program.sort())
  })
})
