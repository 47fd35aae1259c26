// bpmn-js as the studio uses it.
import Modeler from 'bpmn-js/lib/Modeler';
import TokenSimulation from 'bpmn-js-token-simulation';
import minimap from 'diagram-js-minimap';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn.css';
import 'diagram-js-minimap/assets/diagram-js-minimap.css';
import 'bpmn-js-token-simulation/assets/css/bpmn-js-token-simulation.css';
import sop from '../../../../../workflows/sop.moddle.json';
import { registerEditing } from '../edit';
import type { Page } from '../page';
import type { Modeler as Type, Studio } from '../types';
import translate from '../words/translate';
import { offerAppending } from './append';
import clipboard from './clipboard';
import { registerLayout } from './layout';
import reading from './reading';
import { keepTidy } from './tidy';
import tools from './tools';

/** An empty modeler in `container`, with everything that the other parts share. */
export function openModeler(page: Page, container: HTMLElement): Studio {
  const modeler: Type = new Modeler({
    container,
    moddleExtensions: { sop },
    minimap: { open: false },
    additionalModules: [translate, TokenSimulation, minimap, tools, clipboard, reading],
  } as ConstructorParameters<typeof Modeler>[0]);
  const studio: Studio = {
    page,
    modeler,
    bus: modeler.get('eventBus'),
    canvas: modeler.get('canvas'),
    modeling: modeler.get('modeling'),
    moddle: modeler.get('moddle'),
    registry: modeler.get('elementRegistry'),
    selection: modeler.get('selection'),
    stack: modeler.get('commandStack'),
    forms: {},
    findings: [],
    editable: false,
  };
  registerEditing(studio);
  registerLayout(studio);
  keepTidy(studio);
  offerAppending(studio);
  return studio;
}

/** Whether this tab may change the draft: the rules, the tools and the panel follow. */
export function setEditable(studio: Studio, editable: boolean): void {
  if (studio.editable && !editable) studio.bus.fire('alur.commit');
  studio.editable = editable;
  (studio.modeler.get('alurReading') as { set(locked: boolean): void }).set(!editable);
  studio.bus.fire('alur.editable', { editable });
}
