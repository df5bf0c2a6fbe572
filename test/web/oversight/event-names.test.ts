import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { actorName, EVENTS } from '../../../web/src/oversight/audit/event-names.ts'

const sources = readdirSync('server', { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts') && !name.endsWith('.generated.ts')).map(name => readFileSync(join('server', name), 'utf8'))
/** Types of events as the server writes them; each has a hyphen but `rated`. */
const types = new Set(sources.flatMap(text => [...text.matchAll(/(?:\baudit\(|\btype: )'([a-z]+(?:-[a-z]+)+)'/g)].map(([, type]) => type!)))

describe('the words of the audit trail', () => {
  it('name every event that the server notes', () => {
    expect(types.size).to.be.greaterThan(40)
    for (const type of [...types, 'rated']) expect(EVENTS[type], type).to.match(/[\u4e00-\u9fff]/)
  })

  it('name the account of the staff, and nobody who applies', () => {
    expect(actorName({ role: 'supervisor', id: 'supervisor-gx' })).to.equal('监督人员：supervisor-gx')
    expect(actorName({ role: 'designer', id: 'designer-gx' })).to.equal('流程设计人员：designer-gx')
    expect(actorName({ role: 'applicant', id: 'key' })).to.equal('申请人')
  })
})
