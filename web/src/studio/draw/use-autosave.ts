import type Modeler from 'bpmn-js/lib/Modeler'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { useSaveDraft } from '../draft/use-draft.ts'
import type { Beginning } from './beginning.ts'
import type { EventBus } from './modules/services.ts'
import { Saver } from './saver.ts'
import type { SaveState } from './saver.ts'

const IDLE: SaveState = { kind: 'saved' }
const never = (): (() => void) => () => undefined

/** What saves the drawing of a modeller, once there is one, and how far it is. Leaving the page unsaved asks. */
export function useAutosave(modeler: Modeler | undefined, id: string, begun: Beginning) {
  const { mutateAsync } = useSaveDraft(id)
  const saver = useMemo(() => modeler && new Saver({
    id, send: mutateAsync, write: async () => (await modeler.saveXML({ format: true })).xml ?? ''
  }, begun), [modeler, id, begun, mutateAsync])
  const state = useSyncExternalStore(saver?.subscribe ?? never, () => saver?.state ?? IDLE)

  useEffect(() => {
    if (!saver) return
    const bus = modeler!.get<EventBus>('eventBus')
    bus.on('commandStack.changed', saver.touch)
    // What comes from a file, or from a save that never arrived, is saved at once; what is left at the end as well.
    void saver.save()
    return () => {
      bus.off('commandStack.changed', saver.touch)
      void saver.save()
    }
  }, [modeler, saver])

  useEffect(() => {
    if (state.kind === 'saved') return
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [state.kind])

  return { saver, state }
}
