import { expect } from 'chai'
import { AppError } from '../../core/errors.ts'
import { createLog } from '../../core/log.ts'
import type { LogOptions } from '../../core/log.ts'

function collect(options: LogOptions = {}) {
  const lines: string[] = []
  const log = createLog({ name: 'test', ...options, destination: { write: line => { lines.push(line) } } })
  return { log, lines, last: () => JSON.parse(lines.at(-1)!) as Record<string, unknown> }
}

describe('core/log', () => {
  it('writes JSON lines with level by name, time, service and message', () => {
    const { log, last } = collect()
    log.info({ topic: 'common.open-item', attempt: 2 }, 'step done')
    expect(last()).to.include({ level: 'info', service: 'test', topic: 'common.open-item', attempt: 2, msg: 'step done' })
    expect(last().time).to.match(/^\d{4}-\d\d-\d\dT/)
    expect(last()).to.not.have.any.keys('pid', 'hostname')
  })

  it('removes personal data from objects, bindings, messages and errors', () => {
    const { log, lines } = collect()
    const person = { name: '卡娜丽', idNumber: '11010519491231002X', mobile: '13812345678' }
    log.info({ person, list: [{ item: { person } }], answers: { a: 1 } }, `call 13812345678 of 11010519491231002X`)
    log.child({ caseId: 'c1', person }).child({ person, step: 2 }).warn('child')
    log.error({ err: new AppError('FORM_INVALID', { detail: '11010519491231002X 有误', extra: { person }, cause: new Error('13812345678') }) }, 'failed')
    log.error(new Error('号码 13812345678'))
    const all = lines.join('')
    for (const secret of ['卡娜丽', '11010519491231002X', '13812345678']) expect(all).to.not.contain(secret)
    expect(JSON.parse(lines[1]!)).to.include({ caseId: 'c1', step: 2, msg: 'child' })
    const { err } = JSON.parse(lines[2]!) as { err: Record<string, unknown> }
    expect(err).to.include({ type: 'AppError', code: 'FORM_INVALID', message: '[已隐去] 有误' })
    expect(err.stack).to.be.a('string')
    expect((err.cause as { type: string }).type).to.equal('Error')
  })

  it('redacts what a format placeholder puts into the message', () => {
    const { log, lines } = collect()
    log.info('person %s and %j', '13812345678', { mobile: '13812345678' })
    expect(lines.join('')).to.not.contain('13812345678')
  })

  it('keeps quiet below its level', () => {
    const { log, lines } = collect({ level: 'warn' })
    log.info('no')
    log.warn('yes')
    expect(lines).to.have.length(1)
  })

  it('writes a readable line for a terminal', () => {
    const { log, lines } = collect({ pretty: true })
    log.info({ port: 3000 }, 'listening')
    expect(lines[0]).to.match(/^\d\d:\d\d:\d\d info test listening port=3000\n$/)
    log.error({ err: new Error('broken') }, 'failed')
    expect(lines[1]).to.contain('Error: broken').and.contain('log.test.ts')
  })
})
