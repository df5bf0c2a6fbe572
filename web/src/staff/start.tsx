import type { ReactNode } from 'react'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { quietIcons } from './quiet-icons.ts'
import { allowOwnStyles } from './style-nonce.ts'
import { tellTouches } from './touched.ts'

/** Starts a face for staff in its page. */
export function start(face: ReactNode): void {
  allowOwnStyles()
  quietIcons()
  tellTouches()
  createRoot(document.getElementById('page')!).render(<StrictMode>{face}</StrictMode>)
}
