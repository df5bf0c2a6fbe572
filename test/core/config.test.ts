import { expect } from 'chai'
import { addressesBeside, readConfig, secretFileName, settings } from '../../core/config.ts'
import type { Environment, ReadSecret, SecretName } from '../../core/config.ts'
import { AppError } from '../../core/errors.ts'

const KEY = Buffer.alloc(32, 7).toString('base64')
const secrets: Environment = {
  ENGINE_PASSWORD: 'engine-password', OIDC_CLIENT_SECRET: 'client-secret', WORKER_TOKEN_SECRET: 'worker-secret', DATA_KEY: KEY,
  HASH_KEY: 'hash-key-of-tests', SESSION_SECRET: 'session-secret', DEPARTMENT_CALLBACK_SECRET: 'callback-secret', DEMO_PASSWORD: 'demo-password'
}

function refused(env: Environment, readSecret?: ReadSecret, needs?: SecretName[]): AppError {
  try {
    readConfig(env, readSecret, needs)
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  return expect.fail('the configuration was taken')
}

describe('core/config', () => {
  it('fills in defaults counted from PORT', () => {
    const config = readConfig({ ...secrets, PORT: '4000' })
    expect(config).to.include({
      isDevelopment: true, port: 4000, host: '127.0.0.1', publicUrl: 'http://localhost:4000', dataDir: './var', logLevel: 'info', databaseUrl: '',
      databasePool: 10, engineUrl: 'http://127.0.0.1:4010/engine-rest', engineUser: 'engine', internalUrl: 'http://127.0.0.1:4001', now: '',
      decisionUndoSeconds: 0, departmentDayMs: 1000, regionsDir: '', oidcClientId: 'yijianshi-server', cipher: 'aes-256-gcm'
    })
    expect(config.departmentUrls).to.deep.equal({
      hrss: 'http://127.0.0.1:4021', medical: 'http://127.0.0.1:4022', tax: 'http://127.0.0.1:4023', 'data-sharing': 'http://127.0.0.1:4024',
      identity: 'http://127.0.0.1:4025', post: 'http://127.0.0.1:4026', message: 'http://127.0.0.1:4027', platform: 'http://127.0.0.1:4028'
    })
    expect(config.readyRequires).to.deep.equal(['engine', 'deployments', 'identity', 'departments', 'workers'])
    expect(config.dataKey).to.equal(KEY)
  })

  it('has other defaults in production and asks for no demo password there', () => {
    const config = readConfig({ ...secrets, DEMO_PASSWORD: undefined, NODE_ENV: 'production' })
    expect(config).to.include({ isDevelopment: false, decisionUndoSeconds: 10, demoPassword: '' })
    expect(config.readyRequires).to.deep.equal(['database'])
  })

  it('names the address of each part as a process beside it would find it', () => {
    const addresses = addressesBeside(4000)
    expect(addresses).to.include({ ENGINE_URL: 'http://127.0.0.1:4010/engine-rest', TAX_URL: 'http://127.0.0.1:4023', INTERNAL_URL: 'http://127.0.0.1:4001' })
    expect(addresses).to.not.have.property('DATABASE_URL')
  })

  it('takes given values over defaults and cuts the slash of an address', () => {
    const config = readConfig({ ...secrets, PUBLIC_URL: 'https://yjs.example/', DECISION_UNDO_SECONDS: '5', READY_REQUIRES: 'engine, database' })
    expect(config).to.include({ publicUrl: 'https://yjs.example', decisionUndoSeconds: 5 })
    expect(config.readyRequires).to.deep.equal(['engine', 'database'])
  })

  it('reads a secret from its file unless the environment gives one', () => {
    const asked: [string, string][] = []
    const readSecret: ReadSecret = (name, dataDir) => {
      asked.push([name, dataDir])
      return name === 'hash-key' ? 'from-the-file\n' : name === 'database-url' ? undefined : 'not-used'
    }
    const config = readConfig({ ...secrets, HASH_KEY: undefined, DATA_DIR: '/data' }, readSecret)
    expect(config.hashKey).to.equal('from-the-file')
    expect(config.sessionSecret).to.equal('session-secret')
    expect(asked).to.deep.include(['hash-key', '/data'])
    expect(secretFileName('DEPARTMENT_CALLBACK_SECRET')).to.equal('department-callback-secret')
  })

  it('reads the address of the database from a file, too, as it may hold a password', () => {
    const readSecret: ReadSecret = name => (name === 'database-url' ? 'postgres://yjs:word@db/yjs\n' : undefined)
    expect(readConfig(secrets, readSecret).databaseUrl).to.equal('postgres://yjs:word@db/yjs')
    expect(readConfig({ ...secrets, DATABASE_URL: 'postgres://other/yjs' }, readSecret).databaseUrl).to.equal('postgres://other/yjs')
  })

  it('reports everything missing, wrong and unknown at once, each with its doc', () => {
    const error = refused({
      ...secrets, HASH_KEY: '', DATA_KEY: 'c2hvcnQ=', PORT: '70000', NODE_ENV: 'test', LOG_LEVEL: 'loud', DATABASE_URL: 'mysql://x', NOW: '2026-03-24',
      ENGINE_URL: 'nowhere', DATABASE_POOL: '-1', YJS_TYPO: '1', UNRELATED: 'x'
    })
    expect(error.code).to.equal('CONFIG_INVALID')
    expect(error.fields!.map(({ path, code }) => `${path} ${code}`)).to.have.members([
      'YJS_TYPO UNKNOWN', 'HASH_KEY MISSING', 'DATA_KEY INVALID', 'PORT INVALID', 'NODE_ENV INVALID', 'LOG_LEVEL INVALID', 'DATABASE_URL INVALID',
      'NOW INVALID', 'ENGINE_URL INVALID', 'DATABASE_POOL INVALID'
    ])
    for (const { path, message } of error.fields!) {
      expect(error.detail).to.contain(message)
      expect(message).to.contain(settings.find(({ env }) => env === path)?.doc ?? '没有这个配置项')
    }
  })

  it('never repeats a secret in its complaint', () => {
    expect(refused({ ...secrets, SESSION_SECRET: 'tiny' }).detail).to.contain('SESSION_SECRET').and.not.contain('tiny')
  })

  it('asks a process only for the secrets it needs', () => {
    const config = readConfig({ WORKER_TOKEN_SECRET: 'worker-secret' }, undefined, ['WORKER_TOKEN_SECRET'])
    expect(config).to.include({ workerTokenSecret: 'worker-secret', dataKey: '' })
    expect(refused({}, undefined, ['WORKER_TOKEN_SECRET', 'ENGINE_PASSWORD']).fields!.map(({ path }) => path))
      .to.deep.equal(['ENGINE_PASSWORD', 'WORKER_TOKEN_SECRET'])
  })

  it('hands the key of backups to nobody but the command that names it', () => {
    const env = { ...secrets, BACKUP_KEY: KEY }
    const read: string[] = []
    const readSecret: ReadSecret = name => { read.push(name); return undefined }
    expect([readConfig(env, readSecret).backupKey, readConfig(env, readSecret, ['DATA_KEY']).backupKey]).to.deep.equal(['', ''])
    expect(read).to.not.include('backup-key')
    expect(readConfig(env, undefined, ['BACKUP_KEY']).backupKey).to.equal(KEY)
    expect(refused({}, readSecret, ['BACKUP_KEY']).fields!.map(({ path }) => path)).to.deep.equal(['BACKUP_KEY'])
    expect(read).to.include('backup-key')
  })

  it('gives no secret a default, and cannot be changed', () => {
    expect(settings.filter(one => 'secret' in one && 'default' in one)).to.deep.equal([])
    const config = readConfig(secrets)
    expect(config).to.be.frozen
    expect(config.departmentUrls).to.be.frozen
    expect(settings.every(one => Object.isFrozen(one))).to.equal(true)
  })
})
