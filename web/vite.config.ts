import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import type { Plugin } from 'vite'

/** Each face is an entry with a bundle of its own; what they share is cut out by the bundler. */
export default defineConfig({
  plugins: [react(), preloadOfStart('/apply.html'), withoutInlineStyle()],
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // The content security policy allows no style, script or font that is not a file of ours.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      input: ['web/apply.html', 'web/desk.html', 'web/oversight.html', 'web/studio.html'],
      // What every entry needs before anything else, a few hundred bytes each, comes as one file.
      output: { codeSplitting: { groups: [{ name: 'base', test: /preload-helper|shared\/early|frame\/text-size/ }] } }
    }
  }
})

/**
 * What the entry of a page imports at once, but not first, is named in the page: it comes beside the entry and not after it.
 * Style and entry go before it: by them there is something to see.
 */
function preloadOfStart(page: string): Plugin {
  return {
    name: 'preload-of-start',
    transformIndexHtml: {
      order: 'post',
      handler(html, { path, chunk, bundle = {} }) {
        if (path !== page) return
        const files = new Set<string>()
        const add = (file: string): void => {
          const part = bundle[file]
          if (part?.type !== 'chunk' || files.has(file) || html.includes(file)) return
          files.add(file)
          part.imports.forEach(add)
        }
        chunk?.dynamicImports.forEach(add)
        const attrs = { rel: 'modulepreload', crossorigin: true, fetchpriority: 'low' }
        return [...files].map(file => ({ tag: 'link', attrs: { ...attrs, href: `/${file}` }, injectTo: 'head' }))
      }
    }
  }
}

/** Where the modeller's packages write a style attribute, which the policy refuses, and what says the same without one. */
const STYLED = [
  { file: 'bpmn-js-properties-panel/dist/index.esm.js', styled: '<div style="height: 100%" tabindex="-1"', plain: '<div tabindex="-1"' },
  { file: 'bpmn-js-color-picker/colors/ColorPopupProvider.js', styled: 'style="stroke-width:2"', plain: 'stroke-width="2"' }
]

function withoutInlineStyle(): Plugin {
  return {
    name: 'without-inline-style',
    transform(code, id) {
      const found = STYLED.find(({ file }) => id.includes(file))
      if (!found) return undefined
      if (!code.includes(found.styled)) throw new Error(`${found.file} has changed: look for its inline style anew`)
      return { code: code.replace(found.styled, found.plain), map: null }
    }
  }
}
