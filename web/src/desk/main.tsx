import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { quietIcons } from './quiet-icons.ts'
import { allowOwnStyles } from './style-nonce.ts'

allowOwnStyles()
quietIcons()
createRoot(document.getElementById('page')!).render(<StrictMode><App /></StrictMode>)
