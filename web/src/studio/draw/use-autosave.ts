import type Modeler from 'bpmn-js/lib/Modeler'
import { useEffect, useMemo } from 'react'
import { useSaveDraft } from '../draft/use-draft.ts'
import type { Beginning } from './beginning.ts'
import type { EventBus } from './modules/services.ts'
import { Saver } from './saver.ts'
import { useSaver } from './use-saver.ts'

/** What saves the drawing of a modeller, once there is one, and how far it is. */
export function useAutosave(modeler: Modeler | undefined, id: string, begun: Beginning) {
  const { mutateAsync } = useSaveDraft(id)
  const saver = useMemo(() => modeler && new Saver({
    id, send: mutateAsync, write: async () => (await modeler.saveXML({ format: true })).xml ?? ''
  }, begun), [modeler, id, begun, mutateAsync])

  useEffect(() => {
    if (!saver) return
    const bus = modeler!.get<EventBus>('eventBus')
    bus.on('commandStack.changed', saver.touch)
    return () => bus.off('commandStack.changed', saver.touch)
  }, [modeler, saver])

  return { saver, state: useSaver(saver) }
}
