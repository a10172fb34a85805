import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { NodeLibrary } from '../n8n/nodeLibrary.cts';
import { PACKAGE_NAME, repositoryRoot } from '../n8n/repository.cts';
import { outputFile } from './outputs/outputFile.cts';

/** Where n8n looks for the schema of each operation of our nodes. Two nodes of a folder can have the same file. Triggers have no operations. */
export function operationFiles(library: NodeLibrary): string[] {
	const { n8n } = JSON.parse(readFileSync(path.join(repositoryRoot(), 'package.json'), 'utf8')) as { n8n: { nodes: string[] } };
	const files = n8n.nodes.flatMap((place) => {
		const folder = path.basename(path.dirname(place));
		const name = path.basename(place, '.node.js');
		const { properties } = library.getByNameAndVersion(`${PACKAGE_NAME}.${name.charAt(0).toLowerCase()}${name.slice(1)}`).description;
		return properties.filter((property) => property.name === 'operation').flatMap((property) => partsOf(property).map((parts) => outputFile(folder, ...parts)));
	});
	return [...new Set(files)].sort();
}

/** The operations of a drop-down, each with the resources for which it is shown. */
function partsOf({ options = [], displayOptions }: INodeProperties): string[][] {
	const resources = displayOptions?.show?.resource as string[] | undefined;
	const operations = (options as INodePropertyOptions[]).map(({ value }) => String(value));
	return resources ? resources.flatMap((resource) => operations.map((operation) => [resource, operation])) : operations.map((operation) => [operation]);
}
