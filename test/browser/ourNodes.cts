import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { INodeTypeDescription } from 'n8n-workflow';
import type { N8nApi } from '../n8n/api.cts';
import { repositoryRoot } from '../n8n/repository.cts';

export interface OurNode {
	/** The full type, such as `n8n-nodes-moysklad-bitrix.moySkladEntity`. */
	type: string;
	/** The type without the package. */
	name: string;
	/** The folder below `nodes/` in which it lies. */
	folder: string;
}

const SIDES = path.join(repositoryRoot(), 'nodes');

/** All nodes of the package, by the files beside them. */
export function ourNodes(): OurNode[] {
	return readdirSync(SIDES).flatMap((folder) =>
		readdirSync(path.join(SIDES, folder))
			.filter((file) => file.endsWith('.node.json'))
			.map((file) => {
				const { node } = JSON.parse(readFileSync(path.join(SIDES, folder, file), 'utf8')) as { node: string };
				return { type: node, name: node.slice(node.indexOf('.') + 1), folder };
			}),
	);
}

/** The description of a node as n8n gives it to its editor. */
export async function described(api: N8nApi, { type }: OurNode): Promise<INodeTypeDescription> {
	const [description] = await api.nodeTypes([{ name: type, version: 1 }]);
	return description as INodeTypeDescription;
}
