import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import type { Component } from '../../scripts/sbom/licences.ts'
import { licenceRows, licenceTable, refusedRows } from '../../scripts/sbom/licences.ts'

const component = (name: string, licence: string | undefined, scope?: string): Component =>
  ({ name, version: '1.0.0', ...(scope && { scope }), ...(licence && { licenses: [{ license: { id: licence } }] }) })

describe('the bill of materials', () => {
  const rows = licenceRows({
    components: [component('knex', 'MIT'), component('pg', 'MIT'), component('mocha', 'MIT', 'optional'), component('odd', undefined),
      component('strict', 'AGPL-3.0-only'), component('tool', 'GPL-3.0-only', 'optional'),
      { name: 'jszip', version: '3.10.1', licenses: [{ expression: '(MIT OR GPL-3.0-or-later)' }] }, component('image', 'LGPL-3.0-or-later')]
  })

  it('counts packages by licence, those that only development needs apart', () => {
    expect(rows[0]).to.deep.equal({ licence: 'MIT', running: ['knex', 'pg'], development: ['mocha'] })
    expect(rows.map(({ licence }) => licence)).to.include.members(['未注明', 'MIT OR GPL-3.0-or-later'])
    expect(licenceTable(rows)[2]).to.equal('| MIT | knex、pg | mocha |')
  })

  it('refuses what would bind the whole program, unless there is a choice or only development uses it', () => {
    expect(refusedRows(rows).flatMap(({ running }) => running)).to.deep.equal(['strict'])
  })

  it('is the one of the packages and the engine that are used now', () => {
    const digest = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16)
    const list = readFileSync('docs/licences.md', 'utf8')
    expect(list, 'run npm run sbom').to.contain(`Lock file ${digest('package-lock.json')}, engine ${digest('engine/pom.xml')}.`)
  })
})
