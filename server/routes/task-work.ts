import { Router } from 'express'
import { AppError } from '../../core/errors.ts'
import { actorOf } from '../auth/actor.ts'
import type { ServerContext } from '../context.ts'
import { findWorkItem } from '../db/work-items.ts'
import type { WorkItem } from '../db/work-items.ts'
import { drawDiagram } from '../documents/diagram/draw.ts'
import { taskDossier } from '../services/tasks/dossier.ts'
import { colleaguesOf, delegateTask, transferTask } from '../services/tasks/hand-over.ts'
import { noticePreview } from '../services/tasks/notice-preview.ts'
import { addNote, askOpinion, giveOpinion } from '../services/tasks/remarks.ts'
import { revealForm } from '../services/tasks/reveal.ts'
import { endSpecial, startSpecial } from '../services/tasks/special-procedure.ts'
import { taskView } from '../services/tasks/task-view.ts'
import { giveVerdict } from '../services/tasks/verdicts.ts'

/** What a clerk does with a task between taking and deciding it. The guard has seen that it is of the asker's desk. */
export function taskWorkRoutes(ctx: ServerContext): Router {
  const router = Router({ caseSensitive: true, strict: true })
  const taskOf = async (id: string): Promise<WorkItem> => {
    const task = await findWorkItem(ctx.db, id)
    if (!task) throw new AppError('NOT_FOUND')
    return task
  }

  router.get('/tasks/:id/dossier', async (req, res) => {
    res.json(await taskDossier(ctx, actorOf(req), await taskOf(req.params.id)))
  })

  router.get('/tasks/:id/diagram.svg', async (req, res) => {
    const { process_definition_id, activity_id, name } = await taskOf(req.params.id)
    res.type('image/svg+xml').send(drawDiagram(await ctx.engine.processXml(process_definition_id), `流程图，当前环节：${name}`, activity_id))
  })

  router.get('/tasks/:id/colleagues', async (req, res) => {
    res.json({ colleagues: await colleaguesOf(ctx, actorOf(req), await taskOf(req.params.id)) })
  })

  for (const [path, hand] of [['transfer', transferTask], ['delegate', delegateTask]] as const) {
    router.post(`/tasks/:id/${path}`, async (req, res) => {
      res.json(await taskView(ctx, await hand(ctx, actorOf(req), req.params.id, req.body)))
    })
  }

  router.post('/tasks/:id/consult', async (req, res) => {
    await askOpinion(ctx, actorOf(req), req.params.id, req.body)
    res.status(204).end()
  })

  for (const [path, write] of [['opinion', giveOpinion], ['notes', addNote]] as const) {
    router.post(`/tasks/:id/${path}`, async (req, res) => {
      await write(ctx, actorOf(req), req.params.id, req.body.text)
      res.status(204).end()
    })
  }

  router.post('/tasks/:id/verdicts', async (req, res) => {
    await giveVerdict(ctx, actorOf(req), req.params.id, req.body)
    res.status(204).end()
  })

  for (const [path, change] of [['special', startSpecial], ['special/end', endSpecial]] as const) {
    router.post(`/tasks/:id/${path}`, async (req, res) => {
      await change(ctx, actorOf(req), req.params.id, req.body)
      res.status(204).end()
    })
  }

  router.post('/tasks/:id/notice', async (req, res) => {
    res.json(await noticePreview(ctx, actorOf(req), await taskOf(req.params.id), req.body))
  })

  router.post('/tasks/:id/reveal', async (req, res) => {
    res.json({ sections: await revealForm(ctx, actorOf(req), await taskOf(req.params.id), req.body.purpose) })
  })

  return router
}
