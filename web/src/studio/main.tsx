import { start } from '../staff/start.tsx'
import { App } from './App.tsx'

start(<App />)
