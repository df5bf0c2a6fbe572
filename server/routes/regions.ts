import compression from 'compression'
import { Router } from 'express'
import { provinces } from '../../core/provinces.ts'
import { actorOf } from '../auth/actor.ts'
import type { ServerContext } from '../context.ts'
import { sendPaper } from '../http/send-paper.ts'
import { placesBelow } from '../regions/places.ts'
import { currentGuide } from '../services/guide/kept-guide.ts'
import { guidePaper } from '../services/papers/guide-paper.ts'
import { paymentAdvice } from '../services/policy/contribution-estimate.ts'
import { precheck } from '../services/policy/precheck.ts'
import { recommend } from '../services/policy/recommend.ts'
import { prefillFor } from '../services/forms/prefill-for.ts'

/** What can be done in which region: guide, forms, prefill, and the rules asked before submission. */
export function regionRoutes(ctx: ServerContext): Router {
  const router = Router({ caseSensitive: true, strict: true })
  // Large, and the same for everybody: compressed they tell nobody anything about a person.
  router.get(['/regions/:region/guide', '/regions/:region/forms', '/regions/:region/divisions', '/places/:code'], compression())

  router.get('/regions', (_req, res) => {
    res.json({ regions: ctx.regions.all().map(({ slug, code, name }) => ({ slug, code, name })) })
  })

  router.get('/regions/:region/guide', async (req, res) => {
    const { guide, isCurrent } = await currentGuide(ctx, req.params.region)
    res.json({ ...guide, isCurrent })
  })

  router.get('/regions/:region/guide.pdf', async (req, res) => {
    await sendPaper(res, guidePaper(await currentGuide(ctx, req.params.region), ctx.clock.now()), { state: ctx.clock.today() })
  })

  router.get('/regions/:region/forms', (req, res) => {
    const { slug, matters } = ctx.regions.get(req.params.region)
    res.json({
      common: ctx.regions.form(slug, 'common'),
      agent: ctx.regions.form(slug, 'agent'),
      matters: Object.fromEntries(matters.map(matter => [matter.slug, ctx.regions.form(slug, matter.slug)]))
    })
  })

  router.get('/regions/:region/divisions', (req, res) => {
    const { code: own, divisions } = ctx.regions.get(req.params.region)
    res.json({ divisions, provinces: provinces.filter(({ code }) => code !== own) })
  })

  router.get('/places/:code', (req, res) => {
    res.set('cache-control', 'public, max-age=86400').json({ places: placesBelow(req.params.code) })
  })

  router.get('/regions/:region/prefill', async (req, res) => {
    const { matters: list = '' } = req.query as { matters?: string }
    const matters = [...new Set(list.split(',').filter(Boolean))]
    res.json(await prefillFor(ctx, actorOf(req), req.params.region, matters))
  })

  router.post('/regions/:region/precheck', async (req, res) => {
    const { channel, matters, facts } = req.body
    res.json(await precheck(ctx, req.params.region, { channel, matters, facts }))
  })

  router.get('/regions/:region/questionnaire', (req, res) => {
    res.json(ctx.regions.questionnaire(req.params.region))
  })

  router.post('/regions/:region/recommend', async (req, res) => {
    const { channel, answers, facts } = req.body
    res.json(await recommend(ctx, req.params.region, { channel, answers, facts }))
  })

  router.post('/regions/:region/contribution-advice', async (req, res) => {
    res.json(await paymentAdvice(ctx, req.params.region, req.body.rows))
  })

  return router
}
