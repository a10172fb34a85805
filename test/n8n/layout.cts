import type { INode } from 'n8n-workflow';
import type { Finding, Template } from './templates.cts';

const STICKY_NOTE = 'n8n-nodes-base.stickyNote';

/** Width and height of a node on the canvas, without its name. */
const NODE = 96;

interface Box {
	left: number;
	top: number;
	right: number;
	bottom: number;
}

/** What lies on top of something else in a template, so that a reader takes it for a part of that, or cannot read it. */
export function layoutFaults(template: Template): Finding[] {
	const notes = template.nodes.filter(isNote);
	const nodes = template.nodes.filter((node) => !isNote(node));
	return [
		...pairs(nodes).map(([one, other]) => ({ node: one.name, text: `it overlaps "${other.name}"` })),
		...pairs(notes).map(([one, other]) => ({ node: one.name, text: `it overlaps "${other.name}"` })),
		...notes.flatMap((note) => strangers(note, nodes, template).map((name) => ({ node: note.name, text: `"${name}" does not belong to it, and overlaps it` }))),
	];
}

const isNote = ({ type }: INode): boolean => type === STICKY_NOTE;

function box({ position: [left, top], parameters, ...node }: INode): Box {
	const [width, height] = node.type === STICKY_NOTE ? [Number(parameters.width), Number(parameters.height)] : [NODE, NODE];
	return { left, top, right: left + width, bottom: top + height };
}

const touch = (one: Box, other: Box): boolean => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

const within = (outer: Box, inner: Box): boolean => inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom;

const pairs = (nodes: INode[]): Array<[INode, INode]> => nodes.flatMap((one, index) => nodes.slice(index + 1).filter((other) => touch(box(one), box(other))).map((other): [INode, INode] => [one, other]));

/** A note that frames nodes frames one connected part of the workflow, whole nodes of it. */
function strangers(note: INode, nodes: INode[], { connections }: Template): string[] {
	const touched = nodes.filter((node) => touch(box(note), box(node)));
	const framed = touched.filter((node) => within(box(note), box(node))).map(({ name }) => name);
	const edges = Object.entries(connections).flatMap(([from, { main = [] }]) => main.flatMap((targets) => (targets ?? []).map(({ node }) => [from, node] as const)));
	const largest = framed.map((name) => connectedTo(name, framed, edges)).sort((one, other) => other.size - one.size)[0];
	return touched.map(({ name }) => name).filter((name) => !largest?.has(name));
}

/** The names among these to which connections lead from one of them, in either direction. */
function connectedTo(name: string, names: string[], edges: Array<readonly [string, string]>): Set<string> {
	const found = new Set([name]);
	for (const one of found) for (const [from, to] of edges) for (const [here, there] of [[from, to], [to, from]] as const) if (here === one && names.includes(there)) found.add(there);
	return found;
}
