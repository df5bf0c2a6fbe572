import { Router } from 'express'
import type { ServerContext } from '../context.ts'
import { escapeHtml, htmlPage } from '../http/page.ts'

/** What somebody finds who opens the address in a browser: what may be done here, region by region, and the way in. */
export function homeRoutes({ regions }: Pick<ServerContext, 'regions'>): Router {
  const router = Router({ caseSensitive: true, strict: true })

  router.get('/', (_req, res) => {
    const lists = regions.all().map(({ name, slug, matters }) => {
      const titles = matters.map(({ title }) => `<li>${escapeHtml(title)}</li>`).join('')
      return `<h2>${escapeHtml(name)}</h2><ol>${titles}</ol><p><a href="/guide/${slug}">办事指南</a></p>`
    })
    res.type('html').send(htmlPage({
      heading: '一张表，办好参保的事',
      body: `${lists.join('')}<p><a class="button" href="/apply">我要办理</a></p>`
        + '<p><a href="/apply/lookup">凭编号查询进度</a></p><p><a href="/desk">工作人员入口</a></p><p><a href="/oversight">监督人员入口</a></p><p><a href="/studio">流程设计人员入口</a></p>'
    }))
  })

  return router
}
