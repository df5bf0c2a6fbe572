import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Each face is an entry with a bundle of its own; what they share is cut out by the bundler. */
export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // The content security policy allows no style, script or font that is not a file of ours.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: { input: ['web/apply.html', 'web/desk.html', 'web/oversight.html', 'web/studio.html'] }
  }
})
