import CamundaBehaviors from 'camunda-bpmn-js-behaviors/lib/camunda-platform/index.js'
import camunda from 'camunda-bpmn-moddle/resources/camunda.json'
import ColorPicker from 'bpmn-js-color-picker'
import { ElementTemplatesPropertiesProviderModule } from 'bpmn-js-element-templates'
import Modeler from 'bpmn-js/lib/Modeler'
import { BpmnPropertiesPanelModule, BpmnPropertiesProviderModule, CamundaPlatformPropertiesProviderModule } from 'bpmn-js-properties-panel'
import TokenSimulation from 'bpmn-js-token-simulation'
import Minimap from 'diagram-js-minimap'
import type { ModuleDeclaration } from 'didi'
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import 'bpmn-js/dist/assets/diagram-js.css'
import '@bpmn-io/properties-panel/dist/assets/properties-panel.css'
import 'bpmn-js-color-picker/colors/color-picker.css'
import 'bpmn-js-element-templates/dist/assets/element-templates.css'
import 'bpmn-js-token-simulation/assets/css/bpmn-js-token-simulation.css'
import 'diagram-js-minimap/assets/diagram-js-minimap.css'
import { clipboardModule } from './modules/clipboard.ts'
import { clockTimersModule } from './modules/clock-timers.ts'
import { speakChinese } from './modules/in-chinese.ts'
import { namingModule } from './modules/naming.ts'
import { panelFocusModule } from './modules/panel-focus.ts'
import { plainSimulationModule } from './modules/plain-simulation.ts'
import type { EventBus } from './modules/services.ts'
import { translateModule } from './modules/translate.ts'
import { templates } from './templates.ts'
import type { Choices } from './templates.ts'

interface Places {
  readonly canvas: HTMLElement
  readonly panel: HTMLElement
}

/** A modeller for Camunda 7 with everything that we let a designer do; elements of `modules` come last and win. */
export function makeModeler({ canvas, panel }: Places, choices: Choices): Modeler {
  const modeler = new Modeler({
    container: canvas,
    propertiesPanel: { parent: panel },
    moddleExtensions: { camunda },
    elementTemplates: templates(choices),
    additionalModules: [
      BpmnPropertiesPanelModule, BpmnPropertiesProviderModule, CamundaPlatformPropertiesProviderModule, CamundaBehaviors,
      ElementTemplatesPropertiesProviderModule, TokenSimulation, Minimap, ColorPicker,
      namingModule, clipboardModule, clockTimersModule, panelFocusModule, translateModule,
      plainSimulationModule as unknown as ModuleDeclaration
    ]
  })
  const chinese = speakChinese(canvas, panel)
  modeler.get<EventBus>('eventBus').on('diagram.destroy', () => chinese.stop())
  return modeler
}
