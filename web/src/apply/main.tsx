import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { applyTextSize } from './frame/TextSize.tsx'
import './apply.css'

applyTextSize()
createRoot(document.getElementById('page')!).render(<StrictMode><App /></StrictMode>)
