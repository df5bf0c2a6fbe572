import { expect } from 'chai'
import express from 'express'
import request from 'supertest'
import { healthRoutes } from '../../../server/routes/health.ts'

describe('routes/health', () => {
  const app = (required: string[]) => express().use(healthRoutes(required, {
    database: () => Promise.resolve(true), engine: () => Promise.resolve(false), identity: () => Promise.reject(new Error('down'))
  }))

  it('answers that the process lives, whatever is missing', async () => {
    expect((await request(app(['engine'])).get('/healthz')).status).to.equal(200)
  })

  it('is ready once each required part is, and names the others', async () => {
    expect((await request(app(['database'])).get('/readyz')).status).to.equal(200)
    const { status, body } = await request(app(['database', 'engine', 'identity', 'misspelt'])).get('/readyz')
    expect([status, body.waitingFor]).to.deep.equal([503, ['engine', 'identity', 'misspelt']])
  })
})
