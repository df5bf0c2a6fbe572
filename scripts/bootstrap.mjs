// Brings a bare clone to life with Node's own modules alone: tools, packages, engine; then hands over to the command.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const COMMANDS = ['start', 'test', 'test:full', 'demo', 'prepare', 'build']
const NODE_AT_LEAST = [20, 19]
const PROGRESS_MS = 10_000

/** What must be on the machine, the Debian package that brings it, and why we need it: for the engine or for the packages. */
const TOOLS = [
  { command: 'java', args: ['-version'], debian: 'openjdk-17-jdk-headless', why: 'the process engine', isForEngine: true },
  { command: 'mvn', args: ['-v'], debian: 'maven', why: 'building the process engine', isForEngine: true },
  { command: 'python3', args: ['--version'], debian: 'python3', why: 'building the SQLite driver' },
  { command: 'make', args: ['--version'], debian: 'make', why: 'building the SQLite driver' },
  { command: 'g++', args: ['--version'], debian: 'g++', why: 'building the SQLite driver' }
]

async function main() {
  process.chdir(root)
  const [command, ...rest] = process.argv.slice(2)
  if (!COMMANDS.includes(command)) throw new Error(`usage: node scripts/bootstrap.mjs ${COMMANDS.join(' | ')}`)
  await prepare(command)
  if (command === 'prepare' || command === 'build') return
  const { register } = await import(pathToFileURL(join(root, 'node_modules/tsx/dist/esm/api/index.mjs')).href)
  register()
  const script = command === 'test:full' ? 'test' : command
  process.argv = [process.argv[0], join(root, 'scripts', `${script}.ts`), ...(command === 'test:full' ? ['--full'] : []), ...rest]
  await import(pathToFileURL(join(root, 'scripts', `${script}.ts`)).href)
}

async function prepare(command) {
  requireNode()
  if (command.startsWith('test')) offerBrowser()
  const profiles = profilesFor(command)
  if (isInstalled() && isWebBuilt() && profiles.every(isEngineBuilt)) return
  const release = await lock()
  try {
    requireTools(profiles.length > 0)
    if (!isInstalled()) await install()
    if (!isWebBuilt()) await buildWeb()
    for (const profile of profiles) if (!isEngineBuilt(profile)) await buildEngine(profile)
  } finally {
    release()
  }
}

function profilesFor(command) {
  if (command === 'build') return []
  return command.startsWith('test') ? ['operaton', 'camunda'] : [process.env.ENGINE || 'operaton']
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > NODE_AT_LEAST[0] || (major === NODE_AT_LEAST[0] && minor >= NODE_AT_LEAST[1])) return
  throw new Error(`Node ${NODE_AT_LEAST.join('.')} or newer is needed; this is ${process.versions.node}.`)
}

/** Whoever builds the pages alone, as an image does, needs no Java. */
function requireTools(hasEngine) {
  const missing = TOOLS.filter(tool => hasEngine || !tool.isForEngine).filter(tool => spawnSync(tool.command, tool.args, { stdio: 'ignore' }).error)
  if (missing.length === 0) return
  const packages = [...new Set(missing.map(tool => tool.debian))]
  if (isInstalledByDebian(packages)) return
  const lines = missing.map(tool => `  ${tool.command}: for ${tool.why} (Debian: ${tool.debian})`)
  throw new Error(`These programs are missing:\n${lines.join('\n')}\nInstall them, for example: apt-get install ${packages.join(' ')}`)
}

/** The tests of the pages need a browser; where none can be had they are left out, and this says so. */
function offerBrowser() {
  if (existsSync('/usr/bin/chromium') || isInstalledByDebian(['chromium'])) return
  say('there is no /usr/bin/chromium (Debian: chromium): the tests of the pages are left out')
}

function isInstalledByDebian(packages) {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).error) return false
  say(`installing ${packages.join(', ')} …`)
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore' })
  const done = spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { stdio: ['ignore', 'ignore', 'inherit'] })
  return done.status === 0
}

const stampFile = join('node_modules', '.stamp')
const enginePath = profile => join('engine', 'target', profile)

function isInstalled() {
  return readIfThere(stampFile) === hashOf(['package-lock.json']) + process.versions.modules
}

function isEngineBuilt(profile) {
  return readIfThere(join(enginePath(profile), '.stamp')) === hashOf(engineSources())
}

const webStamp = join('web', 'dist', '.stamp')

function isWebBuilt() {
  return readIfThere(webStamp) === hashOf(webSources())
}

function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap(entry => entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)])
}

const engineSources = () => [join('engine', 'pom.xml'), ...filesIn(join('engine', 'src'))].sort()

/** What the built pages are made of. */
function webSources() {
  const entries = ['apply.html', 'desk.html', 'oversight.html', 'studio.html', 'vite.config.ts'].map(file => join('web', file))
  return ['package-lock.json', ...entries, ...filesIn(join('web', 'src'))].sort()
}

async function install() {
  const headers = dirname(dirname(process.execPath))
  const env = { ...process.env, JOBS: 'max' }
  // node-gyp compiles the SQLite driver against the headers beside this Node, so that nothing has to be fetched.
  if (existsSync(join(headers, 'include', 'node', 'node_api.h'))) env.npm_config_nodedir = headers
  delete env.NODE_ENV
  await run('installing packages', 'npm', ['ci', '--no-audit', '--no-fund'], env)
  writeFileSync(stampFile, hashOf(['package-lock.json']) + process.versions.modules)
}

async function buildEngine(profile) {
  await run(`building the process engine (${profile})`, 'mvn',
    ['-q', '-B', '-ntp', '-f', 'engine/pom.xml', '-P', profile, 'package', '-DskipTests'], process.env)
  const target = enginePath(profile)
  rmSync(target, { recursive: true, force: true })
  await run(`unpacking the process engine (${profile})`, 'java',
    ['-Djarmode=tools', '-jar', join('engine', 'target', `engine-${profile}.jar`), 'extract', '--destination', target], process.env)
  writeFileSync(join(target, '.stamp'), hashOf(engineSources()))
}

async function buildWeb() {
  const sources = hashOf(webSources())
  await run('building the pages', process.execPath, [join('node_modules', 'vite', 'bin', 'vite.js'), 'build', 'web'], process.env)
  const assets = join('web', 'dist', 'assets')
  for (const file of readdirSync(assets)) writeFileSync(join(assets, `${file}.gz`), gzipSync(readFileSync(join(assets, file)), { level: 9 }))
  writeFileSync(webStamp, sources)
}

/** Runs one step quietly, with a line every ten seconds; its output is shown only when it fails. */
function run(label, command, args, env) {
  say(`${label} …`)
  const begun = Date.now()
  const ticker = setInterval(() => say(`${label} … ${Math.round((Date.now() - begun) / 1000)} s`), PROGRESS_MS)
  return new Promise((resolve, reject) => {
    let output = ''
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    const keep = chunk => { output = (output + chunk).slice(-8000) }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.once('error', error => { clearInterval(ticker); reject(error) })
    child.once('close', code => {
      clearInterval(ticker)
      if (code === 0) resolve()
      else reject(new Error(`${label} failed (${command} ${args.join(' ')}):\n${output}`))
    })
  })
}

/** Two commands in one clone must not install at the same time; the second waits for the first. */
async function lock() {
  mkdirSync('var', { recursive: true })
  const file = join('var', 'bootstrap.lock')
  for (let waited = 0; ; waited++) {
    try {
      const handle = openSync(file, 'wx')
      writeSync(handle, String(process.pid))
      closeSync(handle)
      return () => rmSync(file, { force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      if (isStale(file)) { rmSync(file, { force: true }); continue }
      if (waited % 10 === 0) say('another command is installing in this folder; waiting for it …')
      await new Promise(resolve => setTimeout(resolve, 1000))
    }
  }
}

function isStale(file) {
  const pid = Number(readIfThere(file))
  if (!pid) return existsSync(file) && Date.now() - statSync(file).mtimeMs > 5000
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

function hashOf(files) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(readFileSync(file))
  return hash.digest('hex')
}

function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

function say(text) {
  process.stdout.write(`[${new Date().toTimeString().slice(0, 8)}] ${text}\n`)
}

main().catch(error => {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
})
