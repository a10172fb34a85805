import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { npmScript } from '../../scripts/setup/npm.cjs';
import { repositoryRoot } from './repository.cts';

const runFile = promisify(execFile);

/** A package as npm would publish it, in a temporary folder. */
export interface PackedPackage {
	tarball: string;
	/** The unpacked tarball: the folder with package.json. */
	folder: string;
	remove(): void;
}

/**
 * Packs a package with npm, by default this one as it was built, and unpacks it.
 * @param source the package's folder, or a tarball that is only to be unpacked
 */
export async function packPackage(source = repositoryRoot()): Promise<PackedPackage> {
	const temporary = mkdtempSync(path.join(tmpdir(), 'packed-'));
	const isTarball = source.endsWith('.tgz');
	if (!isTarball)
		await runFile(
			process.execPath,
			[npmScript(), 'pack', '--ignore-scripts', '--silent', '--pack-destination', temporary],
			{ cwd: source },
		);
	const tarball = isTarball
		? source
		: path.join(temporary, readdirSync(temporary).find((file) => file.endsWith('.tgz')) as string);
	await runFile('tar', ['-xzf', tarball, '-C', temporary]);
	return {
		tarball,
		folder: path.join(temporary, 'package'),
		remove: () => rmSync(temporary, { recursive: true, force: true }),
	};
}
