import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { load } from 'js-yaml'
import { basesOf, configurationOf, environmentOfImage, holdsEverything, isPinned, mainOf, oddVariables, probes } from './parts.ts'
import type { Part } from './parts.ts'

interface Service {
  readonly image: string
  readonly build?: { readonly context: string; readonly dockerfile: string }
  readonly command?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly secrets?: readonly (string | { readonly source: string; readonly target: string })[]
  readonly volumes?: readonly string[]
  readonly ports?: readonly string[]
  readonly depends_on?: readonly string[] | Readonly<Record<string, unknown>>
  readonly networks: readonly string[] | Readonly<Record<string, { readonly aliases?: readonly string[] }>>
  readonly healthcheck?: { readonly test: readonly string[] }
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>
  readonly secrets: Readonly<Record<string, { readonly file: string }>>
  readonly volumes: Readonly<Record<string, unknown>>
  readonly networks: Readonly<Record<string, unknown>>
}

const FOLDER = 'docker'
const compose = load(readFileSync(join(FOLDER, 'compose.yaml'), 'utf8')) as Compose
const services = Object.entries(compose.services)
const isOurs = ([, { image }]: readonly [string, Service]): boolean => image.startsWith('yijianshi/')
/** `${NAME:-value}` as it is when nobody gives NAME. */
const plain = (text: string): string => text.replace(/\$\{\w+:-([^}]*)\}/g, '$1')

function partOf([name, service]: readonly [string, Service]): Part {
  return {
    name, image: service.image, command: service.command ?? [],
    environment: Object.fromEntries(Object.entries(service.environment ?? {}).map(([key, value]) => [key, plain(value)])),
    secretFiles: (service.secrets ?? []).map(one => (typeof one === 'string' ? `/run/secrets/${one}` : one.target))
  }
}

const parts = services.filter(isOurs).map(partOf)
const nodes = parts.filter(({ image }) => image.includes('/node:'))
const nginx = readFileSync(join(FOLDER, 'proxy/nginx.conf'), 'utf8')

/** Where each service listens: `name:port`, by the configuration that it reads itself. */
function listening(): Set<string> {
  const found = [...nginx.matchAll(/listen (\d+);/g)].map(([, port]) => `proxy:${port}`)
  for (const part of nodes) {
    const { port, departmentUrls } = configurationOf(part)
    const main = mainOf(part)
    if (main === 'server/main.ts') found.push(`${part.name}:${port}`, `${part.name}:${port + 1}`)
    if (main === 'workers/runtime/main.ts') found.push(`${part.name}:${port + 2}`)
    if (main === 'departments/main.ts') found.push(...Object.values(departmentUrls).map(url => `${part.name}:${new URL(url).port}`))
  }
  for (const [name, { image, environment }] of services) {
    if (image.includes('/engine:')) found.push(`${name}:${environment!.ENGINE_PORT}`)
    if (image.startsWith('postgres:')) found.push(`${name}:5432`)
  }
  return new Set(found)
}

describe('docker/compose.yaml', () => {
  it('has the topology: PostgreSQL, two engine nodes, two servers, several workers behind a proxy', () => {
    const count = (prefix: string): number => services.filter(([name]) => name.startsWith(prefix)).length
    expect({ engine: count('engine-'), server: count('server-'), postgres: count('postgres'), proxy: count('proxy') })
      .to.deep.equal({ engine: 2, server: 2, postgres: 1, proxy: 1 })
    expect(count('workers-')).to.be.at.least(4)
  })

  it('tells each part what it reads and nothing else, and no secret in the open', () => {
    expect(parts.flatMap(part => oddVariables(part).map(name => `${part.name} ${name}`))).to.deep.equal([])
  })

  it('gives each part a configuration that it starts with', () => {
    for (const part of nodes) expect(() => configurationOf(part), part.name).to.not.throw()
    const workers = nodes.filter(part => mainOf(part) === 'workers/runtime/main.ts').map(({ name }) => `http://${name}:3002`)
    for (const part of nodes) expect(configurationOf(part).workersUrls, part.name).to.deep.equal(workers)
  })

  it('hands every address to somebody who listens there', () => {
    const known = listening()
    const aliases = Object.fromEntries(services.flatMap(([name, { networks }]) => (Array.isArray(networks) ? []
      : Object.values(networks as Record<string, { aliases?: readonly string[] }>))
      .flatMap(({ aliases: names = [] }) => names.map(alias => [alias, name]))))
    const urls = nodes.flatMap(({ environment }) => Object.values(environment)).flatMap(value => value!.split(','))
      .filter(value => value.startsWith('http://') && !value.startsWith('http://localhost')).map(value => new URL(value))
    const called = [...new Set([
      ...urls.map(({ hostname, port }) => `${aliases[hostname] ?? hostname}:${port}`),
      ...[...nginx.matchAll(/server ([\w-]+:\d+);/g)].map(([, target]) => target!),
      ...services.flatMap(([, { environment }]) => /jdbc:postgresql:\/\/([\w.-]+:\d+)/.exec(environment?.ENGINE_DB_URL ?? '')?.[1] ?? [])
    ])]
    expect(called.length).to.be.greaterThan(15)
    expect(called.filter(one => !known.has(one))).to.deep.equal([])
  })

  it('opens to this machine alone, and the door that the public address names', () => {
    const ports = services.filter(([name]) => ['proxy', 'departments'].includes(name)).flatMap(([, { ports = [] }]) => ports)
    expect(ports).to.deep.equal(['127.0.0.1:8080:8080', '127.0.0.1:3025:3025'])
    for (const [name, { ports = [] }] of services) expect(ports.every(port => port.startsWith('127.0.0.1:')), name).to.equal(true)
    expect(new URL(configurationOf(nodes[0]!).publicUrl).port).to.equal('8080')
    expect(new URL(configurationOf(nodes[0]!).departmentUrls.identity).port).to.equal('3025')
  })

  it('asks each part at a path that it has', () => {
    const asked = services.filter(isOurs).flatMap(([name, { healthcheck }]) => {
      const path = /(?:127\.0\.0\.1:\d+|GET )(\/[\w/-]+)/.exec(healthcheck?.test.join(' ') ?? '')?.[1]
      return healthcheck ? [[name.replace(/-\d+$/, ''), path] as const] : []
    })
    expect(new Set(asked.map(([name]) => name))).to.deep.equal(new Set(['engine', 'server', 'workers', 'departments']))
    for (const [name, path] of asked) expect(probes[name as keyof typeof probes], `${name} ${path}`).to.include(path)
  })

  it('backs up both databases and the papers, beside which it works, to a place of its own', () => {
    const backup = parts.find(({ name }) => name === 'backup')!
    expect(holdsEverything(backup, parts.find(({ name }) => name === 'engine-1')!)).to.equal(true)
    const [data, place] = compose.services.backup!.volumes!
    expect(compose.services['server-1']!.volumes).to.deep.equal([data])
    expect(data!.split(':')[1]).to.equal(configurationOf(backup).dataDir)
    expect(backup.command.at(-1)).to.equal(place!.split(':')[1])
    expect(readFileSync('docker/node.Dockerfile', 'utf8'), 'its user may write there').to.match(/mkdir -p .* \/backups && chown .* \/backups\n/)
  })

  it('pins every image, and builds its own from files that are there', () => {
    const bases = [...basesOf('node'), ...basesOf('engine')]
    expect([...services.map(([, { image }]) => image), ...bases].filter(image => !isPinned(image))).to.deep.equal([])
    for (const [name, { build }] of services.filter(isOurs)) {
      expect(existsSync(join(FOLDER, build!.context, build!.dockerfile)), name).to.equal(true)
    }
    expect(environmentOfImage('node')).to.include({ DATA_DIR: '/data', NODE_ENV: 'production' })
  })

  it('names no secret, volume, network, file or service that is not there', () => {
    const made = [...readFileSync(join(FOLDER, 'secrets.sh'), 'utf8').matchAll(/^keep ([\w-]+)/gm)].map(([, name]) => name)
    expect(made).to.include.members(Object.values(compose.secrets).map(({ file }) => file.replace('secrets/', '')))
    for (const [name, service] of services) {
      const secrets = (service.secrets ?? []).map(one => (typeof one === 'string' ? one : one.source))
      expect(Object.keys(compose.secrets), name).to.include.members(secrets)
      expect(Object.keys(compose.services), name).to.include.members(keysOf(service.depends_on))
      expect(Object.keys(compose.networks), name).to.include.members(keysOf(service.networks))
      for (const volume of service.volumes ?? []) {
        const [source] = volume.split(':') as [string]
        expect(source.startsWith('.') ? existsSync(join(FOLDER, source)) : source in compose.volumes, `${name} ${volume}`).to.equal(true)
      }
    }
  })
})

function keysOf(given: readonly string[] | Readonly<Record<string, unknown>> = []): string[] {
  return Array.isArray(given) ? given as string[] : Object.keys(given)
}
