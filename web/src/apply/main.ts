import { askForPage } from './ask-for-page.ts'
import { restoreTextSize } from './frame/text-size.ts'
import './apply.css'

askForPage(location.pathname)
restoreTextSize()

const start = (): void => void import('./start.tsx')
// What stands in the document is seen before the scripts keep the telephone busy; a tab that nobody looks at draws nothing.
if (document.hidden) start()
else requestAnimationFrame(() => setTimeout(start))
