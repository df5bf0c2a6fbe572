import { Button, Modal } from 'antd'
import type Modeler from 'bpmn-js/lib/Modeler'
import { useEffect, useState } from 'react'
import type { PanelFocus } from './modules/panel-focus.ts'
import type { EventBus, Shape } from './modules/services.ts'

interface Template {
  readonly id: string
  readonly name: string
  readonly description?: string
}

interface Templates {
  getLatest(element: Shape): Template[]
  applyTemplate(element: Shape, template: Template): void
}

/** Lets a designer choose what of our steps an element is to be; the panel asks for it. */
export function TemplateChooser({ modeler }: { modeler: Modeler }) {
  const [shape, setShape] = useState<Shape>()
  useEffect(() => {
    const bus = modeler.get<EventBus>('eventBus')
    const open = ({ element }: { element: Shape }): void => setShape(element)
    bus.on('elementTemplates.select', open)
    return () => bus.off('elementTemplates.select', open)
  }, [modeler])
  const close = (): void => setShape(undefined)
  const templates = modeler.get<Templates>('elementTemplates')
  const choose = (template: Template): void => {
    templates.applyTemplate(shape!, template)
    close()
  }
  return (
    <Modal
      title="选择模板" open={shape !== undefined} onCancel={close} footer={null} closable={{ 'aria-label': '关闭' }} destroyOnHidden
      afterClose={() => modeler.get<PanelFocus>('panelFocus').enter()}
    >
      <ul className="templates">
        {shape && templates.getLatest(shape).map(template => (
          <li key={template.id}>
            <Button block onClick={() => choose(template)}>{template.name}</Button>
            <p className="quiet">{template.description}</p>
          </li>
        ))}
      </ul>
    </Modal>
  )
}
