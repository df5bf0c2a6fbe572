import type { Schemas } from '../shared/api.ts'
import { askEarly } from '../shared/early.ts'

type Application = Pick<Schemas['Application'], 'region' | 'matters' | 'status'>

/** Asks for what the page at this address reads first. A page that is not named here asks for itself. */
export function askForPage(pathname: string): void {
  const [, , room, key] = pathname.split('/')
  askEarly('me')
  if (!key) return
  if (room === 'regions') askEarly(`regions/${key}/guide`)
  if (room === 'drafts') askEarly<Application>(`applications/${key}`, askForForm)
  if (room === 'cases') {
    askEarly<Application>(`applications/${key}`, ({ region }) => askEarly(`regions/${region}/guide`))
    askEarly(`applications/${key}/notices`)
  }
}

function askForForm({ region, matters, status }: Application): void {
  if (status !== 'draft') return
  for (const part of ['forms', 'guide', 'divisions']) askEarly(`regions/${region}/${part}`)
  askEarly(`regions/${region}/prefill?matters=${encodeURIComponent(matters.join())}`)
}
