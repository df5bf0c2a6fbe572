import { readdirSync } from 'node:fs'
import { expect } from 'chai'
import express from 'express'
import request from 'supertest'
import { lintPageRoutes } from '../../../server/routes/lint-pages.ts'

describe('routes/lint-pages', () => {
  const app = express().use(lintPageRoutes())
  const rules = readdirSync('docs/lint').map(file => file.replace('.md', '')).filter(rule => rule !== 'README')

  it('shows each rule with its right and its wrong example, as text', async () => {
    for (const rule of rules) {
      const { status, text } = await request(app).get(`/lint/${rule}`)
      expect([status, text.match(/<pre/g)?.length, text.includes('<h2>对</h2>'), text.includes('<h2>错</h2>')], rule).to.deep.equal([200, 2, true, true])
      expect(text, rule).not.to.match(/<bpmn|```/)
    }
  })

  it('lists them all, and leads there from what has no page', async () => {
    const { text } = await request(app).get('/lint')
    for (const rule of rules) expect(text).to.contain(`href="/lint/${rule}"`)
    for (const path of ['/lint/label-required', '/lint/..%2f..%2fpackage', '/lint/README']) {
      const { status, headers } = await request(app).get(path)
      expect([status, headers.location], path).to.deep.equal([302, '/lint'])
    }
  })
})
