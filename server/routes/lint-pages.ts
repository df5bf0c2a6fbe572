import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Router } from 'express'
import { escapeHtml, htmlPage } from '../http/page.ts'

const FOLDER = fileURLToPath(new URL('../../docs/lint/', import.meta.url))

/** The pages of docs/lint: what each rule for diagrams and tables asks, with a right and a wrong example. */
export function lintPageRoutes(): Router {
  const router = Router({ caseSensitive: true, strict: true })

  router.get('/lint', (_req, res) => {
    res.type('html').send(pageOf('README'))
  })

  router.get('/lint/:rule', (req, res) => {
    const { rule } = req.params
    // What the general rules of bpmnlint find has no page of its own.
    if (!/^[a-z-]+$/.test(rule) || !existsSync(`${FOLDER}${rule}.md`)) return void res.redirect(302, '/lint')
    res.type('html').send(pageOf(rule))
  })

  return router
}

function pageOf(name: string): string {
  const [heading = '', ...rest] = readFileSync(`${FOLDER}${name}.md`, 'utf8').replace(/^# /, '').split('\n')
  return htmlPage({ heading: escapeHtml(heading), body: bodyOf(rest.join('\n')) })
}

/** The little of Markdown that these pages use: paragraphs, second headings, lists of links, code. */
export function bodyOf(markdown: string): string {
  return markdown.split(/(```[a-z]*\n[^]*?\n```)/).map(part => {
    const code = /^```[a-z]*\n([^]*)\n```$/.exec(part)?.[1]
    if (code !== undefined) return `<pre tabindex="0"><code>${escapeHtml(code)}</code></pre>`
    return part.split(/\n{2,}/).map(block => block.trim()).filter(Boolean).map(blockOf).join('')
  }).join('')
}

function blockOf(block: string): string {
  if (block.startsWith('## ')) return `<h2>${inline(block.slice(3))}</h2>`
  if (block.startsWith('- ')) return `<ul>${block.split('\n').map(line => `<li>${inline(line.replace(/^- /, ''))}</li>`).join('')}</ul>`
  return `<p>${inline(block)}</p>`
}

function inline(text: string): string {
  return escapeHtml(text).replace(/\[([^\]]+)\]\(([a-z-]+)\.md\)/g, '<a href="/lint/$2">$1</a>').replace(/`([^`]+)`/g, '<code>$1</code>')
}
