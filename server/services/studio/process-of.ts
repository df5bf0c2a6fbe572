import { BpmnModdle } from 'bpmn-moddle'
import type { Element } from '../../lint/element.ts'

/** The process of a diagram. Throws an Error when there is none. */
export async function readProcess(xml: string): Promise<Element> {
  const { rootElement } = await new BpmnModdle().fromXML(xml)
  const process = ((rootElement as Element).rootElements as Element[]).find(({ $type }) => $type === 'bpmn:Process')
  if (!process) throw new Error('the file holds no process')
  return process
}
