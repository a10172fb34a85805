import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { repositoryRoot } from '../n8n/repository.cts';
import { LAYERS, brokenImports, filesOf } from './layers.cts';

describe('The layers', () => {
	it.each(Object.keys(LAYERS))('%s imports only what it may', (layer) => {
		expect(filesOf(repositoryRoot(), layer)).not.toEqual([]);
		expect(brokenImports(repositoryRoot(), layer)).toEqual([]);
	});
});

describe('The check of the layers', () => {
	const root = mkdtempSync(path.join(tmpdir(), 'layers-'));
	const write = (file: string, text: string): void => {
		mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
		writeFileSync(path.join(root, file), text);
	};
	beforeAll(() => {
		write('core/index.ts', "export * from './model/money';");
		write('core/model/money.ts', "import { z } from 'zod';");
		write('transport/index.ts', "import { z } from '../core';");
		write('nodes/shared/dispatch.ts', "import { z } from '../../core';");
		write(
			'credentials/Some.credentials.ts',
			"import { a } from '../nodes/shared/dispatch'; import { createHmac } from 'crypto';",
		);
	});
	afterAll(() => rmSync(root, { recursive: true }));

	it.each([
		['core', "import { a } from 'n8n-workflow';", 'core must not import the package "n8n-workflow"'],
		['core', "export * from '../../transport';", 'core must not import from "transport" (../../transport)'],
		['core', "const fs = require('node:fs');", 'core must not import the package "node:fs"'],
		[
			'transport',
			"import { a } from '../../core/model/money';",
			'"../../core/model/money" reaches into core: import from its index',
		],
		['transport', "import { z } from 'zod';", 'transport must not import the package "zod"'],
		[
			'nodes',
			"import { a } from '../../core/model/money';",
			'"../../core/model/money" reaches into core: import from its index',
		],
		[
			'nodes',
			"type A = import('../../core/model/money').A;",
			'"../../core/model/money" reaches into core: import from its index',
		],
		['nodes', "const a = await import('luxon');", 'nodes must not import the package "luxon"'],
		[
			'credentials',
			"import { a } from '../../test/n8n/engine.cts';",
			'credentials must not import from "test" (../../test/n8n/engine.cts)',
		],
	])('finds in %s: %s', (layer, source, why) => {
		write(`${layer}/part/broken.ts`, source);
		expect(brokenImports(root, layer)).toEqual([`${layer}/part/broken.ts: ${why}`]);
		rmSync(path.join(root, layer, 'part'), { recursive: true });
	});

	it.each(Object.keys(LAYERS))('finds nothing in a sound %s', (layer) => {
		expect(brokenImports(root, layer)).toEqual([]);
	});
});
