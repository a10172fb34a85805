import { readFileSync, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { packPackage, type PackedPackage } from '../n8n/packed.cts';
import { repositoryRoot } from '../n8n/repository.cts';
import { filesBelow } from './sourceFiles.cts';

/** Bytes of all files. Nodes and templates grow; a stray folder is more than that. */
const MOST_BYTES = 8_000_000;

describe('What npm publishes', () => {
	let packed: PackedPackage;
	let files: string[];

	beforeAll(async () => {
		packed = await packPackage();
		files = readdirSync(packed.folder, { recursive: true, encoding: 'utf8' })
			.filter((file) => statSync(path.join(packed.folder, file)).isFile())
			.map((file) => file.split(path.sep).join('/'));
	}, 60_000);
	afterAll(() => packed.remove());

	const text = (file: string): string => readFileSync(path.join(packed.folder, file), 'utf8');

	it('is exactly what n8n and its users need', () => {
		const root = repositoryRoot();
		const bundles = [...filesBelow(root, ['nodes'], /\.node\.ts$/), ...filesBelow(root, ['credentials'], /\.credentials\.ts$/)].map((file) => `dist/${file.replace(/ts$/, 'js')}`);
		const copied = [...filesBelow(root, ['nodes'], /(\.node|\/__schema__\/.*)\.json$/), ...filesBelow(root, ['icons'], /\.svg$/)].map((file) => `dist/${file}`);
		const shared = ['dist/shared/core.js', 'dist/shared/transport.js'];
		const own = ['LICENSE.md', 'README.md', 'dist/THIRD-PARTY-NOTICES.txt', 'package.json'];
		expect(bundles.length).toBeGreaterThan(14);
		expect(files.sort()).toEqual([...own, ...bundles, ...copied, ...shared, ...filesBelow(root, ['workflows'], /\.json$/)].sort());
	});

	it('declares each node and each credential', () => {
		const { n8n } = JSON.parse(text('package.json')) as { n8n: { nodes: string[]; credentials: string[] } };
		const built = files.filter((file) => /\.(node|credentials)\.js$/.test(file));
		expect([...n8n.nodes, ...n8n.credentials].sort()).toEqual(built);
	});

	it('hands on the licence of each package that is inside its bundles, and of no other', () => {
		const root = repositoryRoot();
		const maps = filesBelow(root, ['dist'], /\.js\.map$/).flatMap((file) => (JSON.parse(readFileSync(path.join(root, file), 'utf8')) as { sources: string[] }).sources);
		const bundled = [...new Set(maps.flatMap((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(source)?.[1] ?? []))].sort();
		expect(bundled.length).toBeGreaterThan(1);
		const notices = text('dist/THIRD-PARTY-NOTICES.txt');
		expect([...notices.matchAll(/^-{80}\n\n(\S+) \d/gm)].map(([, name]) => name).sort()).toEqual(bundled);
		for (const name of bundled) {
			const folder = path.join(root, 'node_modules', name);
			const licence = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file)) ?? '';
			expect(notices).toContain(readFileSync(path.join(folder, licence), 'utf8').trim());
		}
	});

	it('names no place of the machine on which it was made', () => {
		const places = [repositoryRoot(), homedir(), packed.folder].filter((place) => place.length > 1);
		const found = files.filter((file) => places.some((place) => text(file).includes(place)));
		expect(found).toEqual([]);
	});

	it('has no traces of tests and maps', () => {
		const bundles = files.filter((file) => file.endsWith('.js'));
		expect(bundles.filter((file) => /sourceMappingURL|\bjest\b|simulators\//.test(text(file)))).toEqual([]);
	});

	it('is small', () => {
		const bytes = files.reduce((sum, file) => sum + statSync(path.join(packed.folder, file)).size, 0);
		expect(bytes).toBeLessThan(MOST_BYTES);
	});
});
