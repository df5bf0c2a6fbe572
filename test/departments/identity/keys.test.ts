import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { readOrMakeKeys } from '../../../departments/identity/keys.ts'

describe('the keys of the identity server', () => {
  it('are made once, for nobody else to read', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'keys-'))
    const file = join(folder, 'departments', 'identity-keys.json')
    const keys = await readOrMakeKeys(file)
    expect((await stat(file)).mode & 0o777).to.equal(0o600)
    expect(keys.jwks.keys[0]).to.include({ kty: 'RSA', alg: 'RS256', use: 'sig' }).and.have.property('d')
    expect(await readOrMakeKeys(file)).to.deep.equal(keys)
    await rm(folder, { recursive: true })
  })
})
