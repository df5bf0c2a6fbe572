import { Router } from 'express'
import { AppError } from '../../core/errors.ts'
import type { ServerContext } from '../context.ts'
import { escapeHtml, htmlPage } from '../http/page.ts'
import { currentGuide } from '../services/guide/kept-guide.ts'
import type { CurrentGuide } from '../services/guide/kept-guide.ts'
import { deadlineText, materialRemarks, waysText } from '../services/papers/guide-paper.ts'

type Guide = CurrentGuide['guide']

/** 办事指南 as pages for everybody, without login and without script. */
export function guideRoutes(ctx: ServerContext): Router {
  const router = Router({ caseSensitive: true, strict: true })

  router.get('/guide/:region', async (req, res) => {
    res.set('Cache-Control', 'no-cache').type('html').send(guidePage(await currentGuide(ctx, req.params.region)))
  })

  router.get('/guide/:region/:diagram.svg', async (req, res) => {
    const { diagrams } = await currentGuide(ctx, req.params.region)
    const svg = Object.hasOwn(diagrams, req.params.diagram) ? diagrams[req.params.diagram] : undefined
    if (svg === undefined) throw new AppError('NOT_FOUND')
    res.set('Cache-Control', 'no-cache').type('image/svg+xml').send(svg)
  })

  return router
}

function guidePage({ guide, isCurrent }: CurrentGuide): string {
  const { slug, name } = guide.region
  const late = isCurrent ? '' : '<p class="name">规则系统暂时不可用，以下为最近一次核对的内容。</p>'
  return htmlPage({
    heading: `${escapeHtml(name)}办事指南`,
    body: `${late}<p><a class="button" href="/api/v1/regions/${slug}/guide.pdf">下载 PDF</a></p>`
      + `<p>${escapeHtml(guide.promise)}。</p>`
      + section('申请条件', list(guide.conditions.map(({ text }) => text)))
      + section('不可同时选办', list(guide.exclusions.map(({ message }) => message)))
      + section('通用材料', materials(guide, guide.materials))
      + section('办理方式', list(guide.procedure.steps) + diagram(slug, 'enrolment', '灵活就业参保“一件事”'))
      + section('结果反馈', `<p>${escapeHtml(guide.result)}</p>`)
      + section('窗口电话和工作时间', `<p>${escapeHtml(guide.contact.telephone)}</p>`)
      + guide.matters.map(matter => matterSection(guide, matter)).join('')
  })
}

function matterSection(guide: Guide, matter: Guide['matters'][number]): string {
  const region = guide.region.slug
  const part = (title: string, body: string): string => body ? `<h3>${title}</h3>${body}` : ''
  return section(`${Number(matter.no)}. ${matter.title}`,
    part('办理时限', `<p>${escapeHtml(deadlineText(matter))}</p>`)
    + part('实施依据', list(matter.legalBasis)) + part('受理条件', list(matter.conditions.map(({ text }) => text)))
    + part('申请材料', materials(guide, matter.materials)) + part('办理流程', list(matter.procedure.steps) + diagram(region, matter.slug, matter.title))
    + part('业务办理须知', list(matter.notices)) + part('办理结果', `<p>${escapeHtml(matter.result)}</p>`))
}

function materials({ noMaterials }: Guide, all: Guide['materials']): string {
  if (all.length === 0) return `<p>${escapeHtml(noMaterials)}</p>`
  return list(all.map(one => `${one.name}（${waysText(one)}）：${materialRemarks(one)}`))
}

const section = (title: string, body: string): string => `<h2>${escapeHtml(title)}</h2>${body}`
const list = (points: readonly string[]): string =>
  points.length > 0 ? `<ul>${points.map(point => `<li>${escapeHtml(point)}</li>`).join('')}</ul>` : ''
const diagram = (region: string, slug: string, title: string): string =>
  `<p><a href="/guide/${region}/${slug}.svg">${escapeHtml(title)}流程图</a></p>`
