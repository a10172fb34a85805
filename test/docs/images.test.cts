import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { ourNodes } from '../browser/ourNodes.cts';
import { repositoryRoot } from '../n8n/repository.cts';
import { templates } from '../n8n/templates.cts';

const IMAGES = path.join(repositoryRoot(), 'docs', 'images');
const MOST_BYTES = 200_000;
const MOST_BYTES_IN_ALL = 8_000_000;

const pictures = (kind: string): string[] => readdirSync(path.join(IMAGES, kind)).sort();

/** `npm run screenshots` renews them. */
describe('The pictures of the docs', () => {
	it('show every node, and none that is gone', () => {
		expect(pictures('nodes')).toEqual(ourNodes().map(({ name }) => `${name}.png`).sort());
	});

	it('show every template, and none that is gone', () => {
		expect(pictures('templates')).toEqual([...templates().keys()].map((file) => file.replace(/json$/, 'png')).sort());
	});

	it('load at once', () => {
		const sizes = ['nodes', 'templates'].flatMap((kind) => pictures(kind).map((file) => statSync(path.join(IMAGES, kind, file)).size));
		expect(Math.max(...sizes)).toBeLessThanOrEqual(MOST_BYTES);
		expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MOST_BYTES_IN_ALL);
	});
});
