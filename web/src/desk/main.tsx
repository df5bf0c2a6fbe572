import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { allowOwnStyles } from './style-nonce.ts'

allowOwnStyles()
createRoot(document.getElementById('page')!).render(<StrictMode><App /></StrictMode>)
