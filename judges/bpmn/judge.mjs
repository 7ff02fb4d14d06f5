// Let bpmn-moddle, the reader of bpmn.io, read every export: `node judge.mjs FOLDER`.
// It must read each without a warning, find every step and lane in it, and a drawn shape or edge for everything.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { BpmnModdle } from 'bpmn-moddle';

const OURS = {
  name: 'Laksana',
  uri: 'urn:laksana:sop:1',
  prefix: 'laksana',
  types: ['procedure', 'performer', 'step', 'node', 'exit'].map((name) => ({
    name,
    superClass: ['Element'],
    properties: [{ name: 'body', isBody: true, type: 'String' }],
  })),
};

function* elements(container) {
  for (const element of container.flowElements ?? []) {
    yield element;
    yield* elements(element);
  }
}

function* faults(definitions, warnings, expected) {
  for (const warning of warnings) yield `warning: ${warning.message}`;
  const process = definitions.rootElements.find((element) => element.$type === 'bpmn:Process');
  const found = new Map([...elements(process)].map((element) => [element.id, element]));
  for (const [id, name] of Object.entries(expected.tasks)) {
    if (found.get(id)?.name !== name) yield `step ${id} is not found as ${JSON.stringify(name)}`;
  }
  const lanes = process.laneSets[0].lanes.map((lane) => lane.name);
  if (JSON.stringify(lanes) !== JSON.stringify(expected.lanes)) yield `lanes are read as ${lanes}`;
  const drawn = new Set(definitions.diagrams[0].plane.planeElement.map((shape) => shape.bpmnElement.id));
  for (const id of found.keys()) if (!drawn.has(id)) yield `${id} is not drawn`;
  for (const flow of found.values()) {
    if (flow.$type === 'bpmn:SequenceFlow' && !(flow.sourceRef && flow.targetRef)) yield `${flow.id} hangs loose`;
  }
}

const folder = process.argv[2];
const files = readdirSync(folder).filter((file) => file.endsWith('.bpmn'));
let faulty = 0;
for (const file of files) {
  const expected = JSON.parse(readFileSync(join(folder, file.replace(/bpmn$/, 'json')), 'utf8'));
  const { rootElement, warnings } = await new BpmnModdle({ laksana: OURS }).fromXML(
    readFileSync(join(folder, file), 'utf8'),
  );
  const wrong = [...faults(rootElement, warnings, expected)];
  for (const fault of wrong) console.log(`${file}: ${fault}`);
  faulty += wrong.length > 0;
}
console.log(`${files.length} exports read by bpmn-moddle, ${faulty} with faults`);
process.exit(faulty > 0 || files.length === 0 ? 1 : 0);
