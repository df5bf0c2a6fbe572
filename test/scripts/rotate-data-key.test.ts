import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { ensureSecrets } from '../../scripts/system/secrets.ts'
import { createCryptoProvider } from '../../server/crypto/crypto-provider.ts'

describe('npm run keys:rotate', () => {
  let folder: string
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'keys-')) })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const rotate = (env: NodeJS.ProcessEnv = {}) =>
    spawnSync(process.execPath, ['--import', 'tsx', 'scripts/rotate-data-key.ts'], { env: { ...process.env, DATA_DIR: folder, ...env }, encoding: 'utf8' })
  const provider = () => createCryptoProvider({ dataKey: ensureSecrets(folder, {}).DATA_KEY!, hashKey: 'hash-key' })

  it('lets every server learn a new key before one seals with it, and still opens what the earlier one sealed', () => {
    const before = provider()
    const sealed = before.encrypt('t', 'c', 'r', '韦小宝')
    expect(sealed).to.match(/^v1:k1:/)
    const first = rotate()
    expect([first.status, first.stdout]).to.satisfy(([status, said]: [number, string]) => status === 0 && /k2.*只用于打开/.test(said))
    const between = provider()
    // A server that was started again, beside one that was not yet: each opens what the other seals.
    expect(before.decrypt('t', 'c', 'r', between.encrypt('t', 'c', 'r', '韦小宝'))).to.equal('韦小宝')
    const second = rotate()
    expect([second.status, second.stdout]).to.satisfy(([status, said]: [number, string]) => status === 0 && /k2.*用于加密/.test(said))
    const after = provider()
    const anew = after.encrypt('t', 'c', 'r', '韦小宝')
    expect(anew).to.match(/^v1:k2:/)
    expect(between.decrypt('t', 'c', 'r', anew)).to.equal('韦小宝')
    expect(after.decrypt('t', 'c', 'r', sealed)).to.equal('韦小宝')
    expect(statSync(join(folder, 'secrets', 'data-key')).mode & 0o777).to.equal(0o600)
  })

  it('leaves the file to those who could read it', () => {
    ensureSecrets(folder, {})
    const file = join(folder, 'secrets', 'data-key')
    chmodSync(file, 0o644)
    expect(rotate().status).to.equal(0)
    expect(statSync(file).mode & 0o777).to.equal(0o644)
  })

  it('touches nothing when the key comes from the environment, is not there, or cannot be read', () => {
    expect(rotate().status).to.equal(1)
    ensureSecrets(folder, {})
    const file = join(folder, 'secrets', 'data-key')
    const before = readFileSync(file, 'utf8')
    expect(rotate({ DATA_KEY: before }).status).to.equal(1)
    expect(readFileSync(file, 'utf8')).to.equal(before)
    writeFileSync(file, 'half a ke')
    expect(rotate().status).to.equal(1)
    expect(readFileSync(file, 'utf8')).to.equal('half a ke')
  })
})
