import { Router } from 'express'
import type { Request } from 'express'
import { actorOf } from '../auth/actor.ts'
import { applicationOf } from '../auth/guard.ts'
import type { ServerContext } from '../context.ts'
import { sendPaper } from '../http/send-paper.ts'
import { checkAgent, noteSigning, viewIntake } from '../services/intake/intake.ts'
import { personAtWindow } from '../services/intake/person.ts'
import { prefillAtWindow } from '../services/intake/prefill.ts'
import { listReferrals, referralPaper } from '../services/intake/referrals.ts'
import { bindScans } from '../services/intake/scans.ts'
import { takeHomePaper } from '../services/intake/take-home-paper.ts'
import { callBack, listWaiting } from '../services/intake/waiting.ts'
import { paperScope } from '../services/papers/paper-scope.ts'

/** 综合窗口: taking applications in over the counter. Role and division were checked by the guard. */
export function intakeRoutes(ctx: ServerContext): Router {
  const router = Router({ caseSensitive: true, strict: true })
  const intake = async (req: Request) => viewIntake(ctx, applicationOf(req))

  // A card's content never stands in an address: it is read by POST.
  router.post('/window/person', async (req, res) => {
    res.json(await personAtWindow(ctx, actorOf(req), req.body.reading))
  })

  router.post('/window/prefill', async (req, res) => {
    const { reading, matters, draft } = req.body
    res.json(await prefillAtWindow(ctx, actorOf(req), { reading, matters, draft }))
  })

  router.get('/window/referrals', (req, res) => {
    res.json({ referrals: listReferrals(ctx, actorOf(req)) })
  })

  router.post('/window/referrals/:referral.pdf', async (req, res) => {
    const paper = await referralPaper(ctx, actorOf(req), req.params.referral, req.body.reading)
    await sendPaper(res, paper, { state: ctx.clock.today() })
  })

  router.get('/window/waiting', async (req, res) => {
    res.json(await listWaiting(ctx, actorOf(req)))
  })

  router.get('/applications/:id/intake', async (req, res) => {
    res.json(await intake(req))
  })

  router.post('/applications/:id/scans', async (req, res) => {
    const { code, slug, pages, name } = req.body
    res.status(201).json(await bindScans(ctx, actorOf(req), applicationOf(req), { code, slug, pages, name }))
  })

  router.post('/applications/:id/agent-check', async (req, res) => {
    await checkAgent(ctx, actorOf(req), applicationOf(req), req.body.reading)
    res.json(await intake(req))
  })

  router.put('/applications/:id/signing', async (req, res) => {
    const { way, witness, copiesSigned } = req.body
    await noteSigning(ctx, actorOf(req), applicationOf(req), { way, witness, copiesSigned })
    res.json(await intake(req))
  })

  router.post('/applications/:id/call-back', async (req, res) => {
    await callBack(ctx, actorOf(req), applicationOf(req), req.body.action)
    res.json(await intake(req))
  })

  router.get('/applications/:id/take-home.pdf', async (req, res) => {
    await sendPaper(res, await takeHomePaper(await paperScope(ctx, actorOf(req), applicationOf(req))))
  })

  return router
}
