import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { packPackage, type PackedPackage } from '../n8n/packed.cts';
import { repositoryRoot } from '../n8n/repository.cts';
import { LAYERS, filesOf } from './layers.cts';

const SHARED = ['core', 'transport'].map((layer) => `dist/shared/${layer}.js`);

describe('The packed package', () => {
	let packed: PackedPackage;
	let host: string;

	beforeAll(async () => {
		packed = await packPackage();
		host = mkdtempSync(path.join(tmpdir(), 'host-'));
		symlinkSync(
			path.join(repositoryRoot(), 'node_modules', 'n8n-workflow'),
			path.join(host, 'n8n-workflow'),
			'junction',
		);
	}, 60_000);
	afterAll(() => {
		packed.remove();
		rmSync(host, { recursive: true });
	});

	const declared = (): string[] => {
		const { n8n } = JSON.parse(readFileSync(path.join(packed.folder, 'package.json'), 'utf8')) as {
			n8n: { nodes: string[]; credentials: string[] };
		};
		return [...n8n.nodes, ...n8n.credentials];
	};

	/** The sources of the repository, and of packages, that are in each bundle. */
	const sourcesByBundle = (): Array<[bundle: string, sources: string[]]> =>
		readdirSync(path.join(repositoryRoot(), 'dist'), { recursive: true, encoding: 'utf8' })
			.filter((file) => file.endsWith('.js.map'))
			.map((file) => {
				const map = path.join(repositoryRoot(), 'dist', file);
				const { sources } = JSON.parse(readFileSync(map, 'utf8')) as { sources: string[] };
				const inPackage = (source: string): string =>
					path
						.relative(repositoryRoot(), path.resolve(path.dirname(map), source))
						.split(path.sep)
						.join('/');
				return [`dist/${file.slice(0, -'.map'.length).split(path.sep).join('/')}`, sources.map(inPackage)];
			});

	it('loads with nothing but n8n-workflow beside it, and each shared file once', async () => {
		expect(declared()).not.toEqual([]);
		const loader = path.join(repositoryRoot(), 'test', 'package', 'loadAll.cjs');
		const { stdout } = await promisify(execFile)(process.execPath, [loader, realpathSync(packed.folder)], {
			env: { ...process.env, NODE_PATH: host },
		});
		const loaded = (JSON.parse(stdout) as string[]).filter((file) => file.endsWith('.js'));
		expect(loaded.sort()).toEqual([...declared(), ...SHARED].sort());
	});

	it('has each source of core and transport in one bundle only', () => {
		const holders = new Map<string, string[]>();
		for (const [bundle, sources] of sourcesByBundle())
			for (const source of sources) holders.set(source, [...(holders.get(source) ?? []), bundle]);
		for (const layer of ['core', 'transport']) {
			const bundled = filesOf(repositoryRoot(), layer).filter((file) => holders.has(file));
			expect(bundled).not.toEqual([]);
			for (const file of bundled) expect([file, holders.get(file)]).toEqual([file, [`dist/shared/${layer}.js`]]);
		}
	});

	it('has third-party code only in core', () => {
		const holders = sourcesByBundle().filter(([, sources]) =>
			sources.some((source) => !((source.split('/')[0] as string) in LAYERS)),
		);
		expect(holders.map(([bundle]) => bundle)).toEqual(['dist/shared/core.js']);
	});
});
