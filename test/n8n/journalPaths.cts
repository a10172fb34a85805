import type { INode } from 'n8n-workflow';
import { PACKAGE_NAME } from './repository.cts';
import type { Finding, Template } from './templates.cts';

/** The nodes that write objects of one side into the other one; what they tell people, and webhooks themselves, are no such objects. */
const WRITE = ['moySkladEntity', 'bitrixCatalogUpsert', 'bitrixCrmUpsert', 'bitrixOrderUpdate'].map((name) => `${PACKAGE_NAME}.${name}`);
const READS_OR_TELLS = /^(get|find|compare|read|export|confirm|sendMessages$)/;

const writes = ({ type, parameters, disabled }: INode): boolean => WRITE.includes(type) && !disabled && parameters.preview !== true && !READS_OR_TELLS.test(String(parameters.operation));

const JOURNAL = 'Journal Kept?';

const makesRows = ({ name }: INode): boolean => name.startsWith('For the Journal');

/** Each node that writes has a path to what tells the journal, which takes the results of all its outputs; and what is told does not become what the workflow gives. */
export const journalFaults = (template: Template): Finding[] => [...untoldOutputs(template), ...givenInstead(template)];

function untoldOutputs({ nodes, connections }: Template): Finding[] {
	const next = (name: string): string[] => (connections[name]?.main ?? []).flatMap((targets) => (targets ?? []).map(({ node }) => node));
	return nodes.filter(writes).flatMap(({ name }) => {
		const after = new Set(next(name));
		for (const one of after) for (const other of next(one)) after.add(other);
		const rows = nodes.filter((node) => makesRows(node) && after.has(node.name)).map(({ parameters }) => String(parameters.jsonOutput));
		const outputs = (connections[name]?.main ?? []).keys();
		const untold = [...outputs].filter((output) => !rows.some((row) => row.includes(`$('${name}').all(${output})`)));
		return untold.map((output) => ({ node: name, text: `the journal is not told of its output ${output}` }));
	});
}

/** n8n runs the branches of an output from the top of the canvas to its bottom, and a sub-workflow gives what its last node gave: the journal is not to be the last. */
function givenInstead({ nodes, connections }: Template): Finding[] {
	const at = (wanted: string): number => nodes.find(({ name }) => name === wanted)?.position[1] ?? NaN;
	const fans = Object.values(connections).flatMap(({ main = [] }) => main.filter((targets) => targets?.some(({ node }) => node === JOURNAL)));
	const beside = fans.flatMap((targets) => (targets ?? []).map(({ node }) => node)).filter((name) => name !== JOURNAL);
	return beside.filter((name) => at(name) <= at(JOURNAL)).map((name) => ({ node: name, text: `it has to lie below "${JOURNAL}", so that the workflow gives what it gives` }));
}
