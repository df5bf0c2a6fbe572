import { readFileSync } from 'node:fs'
import { Router } from 'express'

const style = readFileSync(new URL('page.css', import.meta.url))

/** The one style sheet of the few pages that the server draws itself. */
export function pageStyle(): Router {
  const router = Router({ caseSensitive: true, strict: true })
  router.get('/page.css', (_req, res) => {
    res.type('css').send(style)
  })
  return router
}

export interface Page {
  readonly heading: string
  /** HTML; whatever did not come from our own files has been escaped. */
  readonly body: string
  readonly tone?: 'plain' | 'genuine' | 'unknown'
}

/** A page without script, fit for a telephone. */
export function htmlPage({ heading, body, tone = 'plain' }: Page): string {
  return '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    + `<title>${heading} · 灵活就业参保“一件事”</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/page.css"></head>`
    + `<body><main class="${tone}"><p class="name">灵活就业参保“一件事”</p><h1>${heading}</h1>${body}</main></body></html>`
}

/** Text as HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`)
}
