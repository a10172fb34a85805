import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { filesBelow } from './sourceFiles.cts';

interface Layer {
	/** Folders of which any file may be imported. */
	beside: string[];
	/** Layers of which only the index may be imported: each is built once, as a whole. */
	below: string[];
	packages: string[];
}

/** What the files of each folder may import beside each other. Of Node, n8n's scanner allows `crypto` alone. */
export const LAYERS: Record<string, Layer> = {
	core: { beside: [], below: [], packages: ['zod', 'fast-xml-parser', 'fflate/browser'] },
	transport: { beside: [], below: ['core'], packages: [] },
	nodes: { beside: ['credentials'], below: ['core', 'transport'], packages: ['n8n-workflow', 'crypto'] },
	credentials: { beside: ['nodes'], below: ['core', 'transport'], packages: ['n8n-workflow', 'crypto'] },
};

/** The TypeScript files of a layer, relative to the repository. */
export const filesOf = (root: string, layer: string): string[] => filesBelow(root, [layer], /\.[cm]?tsx?$/);

/** Every import in a layer that breaks the rule, as `file: why`. */
export function brokenImports(root: string, layer: string): string[] {
	return filesOf(root, layer).flatMap((file) => {
		const { importedFiles } = ts.preProcessFile(readFileSync(path.join(root, file), 'utf8'), true, true);
		return importedFiles
			.flatMap(({ fileName }) => fault(root, layer, file, fileName) ?? [])
			.map((why) => `${file}: ${why}`);
	});
}

function fault(root: string, layer: string, file: string, request: string): string | undefined {
	const { beside, below, packages } = LAYERS[layer] as Layer;
	if (!request.startsWith('.'))
		return packages.includes(request) ? undefined : `${layer} must not import the package "${request}"`;

	const target = resolved(root, path.posix.join(path.posix.dirname(file), request));
	const [other = ''] = target.split('/');
	if (other === layer || beside.includes(other)) return undefined;
	if (!below.includes(other)) return `${layer} must not import from "${other}" (${request})`;
	return target === `${other}/index.ts` ? undefined : `"${request}" reaches into ${other}: import from its index`;
}

/** The file that a relative import means, without which it names a file that is missing. */
function resolved(root: string, target: string): string {
	const candidates = [target, `${target}.ts`, `${target}/index.ts`];
	const isFile = (file: string): boolean =>
		existsSync(path.join(root, file)) && statSync(path.join(root, file)).isFile();
	return candidates.find(isFile) ?? target;
}
