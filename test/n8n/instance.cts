import { randomBytes } from 'node:crypto';
import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { nodeForN8n, packageOfN8n } from './cachedN8n.cts';
import { environment, passwordHash, type Owner, type Place, type Queue } from './environment.cts';
import { packPackage } from './packed.cts';
import { freePorts } from './ports.cts';
import { endTree, killTree } from './processTree.cts';
import { repositoryRoot } from './repository.cts';

export type Command = 'start' | 'worker' | 'webhook';

export interface N8nSetup {
	/** The packages to install: their folders, built, or their tarballs. Default: this repository. */
	packages?: string[];
	/** Where n8n keeps its data. Default: a temporary folder, removed by `stop`. */
	userFolder?: string;
	/** Default: a free port. */
	port?: number;
	/** The address that triggers register, without a slash at the end. Default: its own. */
	publicUrl?: string;
	/** More settings, over those of the harness. */
	env?: Record<string, string>;
	/** `sqlite` (default), or the address of a PostgreSQL database: `postgres://user:password@host:port/name`. */
	database?: string;
	/** Queue mode: the Redis. Then the executions need an n8n with the command `worker` as well. */
	queue?: Queue;
	/** Default: `start`, the main process. */
	command?: Command;
	/** A further process of the same n8n: its database, queue, key, owner and public address. */
	sameAs?: N8n;
	/** How long the start may take. Default: two minutes. */
	readyWithinMs?: number;
}

/** A running n8n process. */
export interface N8n {
	/** Where this process listens, without a slash at the end. */
	readonly url: string;
	readonly owner: Owner;
	readonly userFolder: string;
	/** Of the process that runs now. */
	readonly pid: number | undefined;
	/** How its processes are set up: what `sameAs` takes over. */
	readonly place: Place;
	/** All that it has written since its first start. */
	log(): string;
	/** Ends it as a service manager does, and removes its folder when that is temporary. */
	stop(): Promise<void>;
	/** Kills it with all that it started; its data stays, for `restart`. */
	kill(): Promise<void>;
	/** Starts it again on the same data and ports, with other settings where given; ends it first when it runs. */
	restart(env?: Record<string, string>): Promise<void>;
}

const READY: Record<Command, string> = {
	start: 'Editor is now accessible',
	worker: 'worker is now ready',
	webhook: 'Webhook listener waiting',
};

const READY_WITHIN_MS = 120_000;
/** n8n gives running executions 30 s to end. */
const STOP_WITHIN_MS = 40_000;
const LAST_LINES = 20;

/** Starts an n8n on the loopback address and waits until it is ready. */
export async function startN8n(setup: N8nSetup = {}): Promise<N8n> {
	const temporary = setup.userFolder === undefined;
	const userFolder = setup.userFolder ?? mkdtempSync(path.join(tmpdir(), 'n8n-'));
	for (const source of setup.packages ?? [repositoryRoot()]) await installPackage(userFolder, source);
	const instance = new Instance(await placeFor(setup, userFolder), setup, temporary);
	try {
		await instance.restart();
		return instance;
	} catch (error) {
		await instance.stop();
		throw error;
	}
}

class Instance implements N8n {
	private child?: ChildProcess;
	private written = '';
	private ended?: string;

	constructor(
		readonly place: Place,
		private readonly setup: N8nSetup,
		private readonly temporary: boolean,
	) {}

	get url(): string {
		return this.place.url;
	}

	get owner(): Owner {
		return this.place.owner;
	}

	get userFolder(): string {
		return this.place.userFolder;
	}

	get pid(): number | undefined {
		return this.child?.pid;
	}

	log(): string {
		return this.written;
	}

	async stop(): Promise<void> {
		if (this.child) await endTree(this.child, STOP_WITHIN_MS);
		if (this.temporary) rmSync(this.userFolder, { recursive: true, force: true });
	}

	async kill(): Promise<void> {
		if (this.child) await killTree(this.child);
	}

	async restart(env: Record<string, string> = {}): Promise<void> {
		if (this.child) await endTree(this.child, STOP_WITHIN_MS);
		const { command = 'start', readyWithinMs = READY_WITHIN_MS } = this.setup;
		const from = this.written.length;
		this.child = this.launch(command, { ...this.setup.env, ...env });
		try {
			await this.ready(READY[command], from, readyWithinMs);
		} catch (error) {
			await this.kill();
			throw error;
		}
	}

	private launch(command: Command, env: Record<string, string>): ChildProcess {
		const guard = path.join(repositoryRoot(), 'test', 'n8n', 'parentGuard.cjs');
		const n8n = path.join(packageOfN8n('n8n'), 'bin', 'n8n');
		const child = spawn(nodeForN8n(), ['--require', guard, n8n, command], {
			env: environment(this.place, env),
			stdio: 'pipe',
		});
		this.ended = undefined;
		for (const stream of [child.stdout, child.stderr])
			stream.setEncoding('utf8').on('data', (text: string) => (this.written += text));
		child.once('error', (error) => (this.ended = error.message));
		child.once('exit', (code, signal) => (this.ended = `it ended with ${signal ?? code}`));
		return child;
	}

	private async ready(marker: string, from: number, withinMs: number): Promise<void> {
		const deadline = Date.now() + withinMs;
		while (!this.written.includes(marker, from)) {
			const why = this.ended ?? (Date.now() > deadline ? `it was not ready after ${withinMs / 1_000} s` : undefined);
			if (why)
				throw new Error(
					`n8n did not start: ${why}. Its last lines:\n${this.written.trimEnd().split('\n').slice(-LAST_LINES).join('\n')}`,
				);
			await new Promise((waited) => setTimeout(waited, 100));
		}
	}
}

/** Puts a package where n8n looks for community nodes, as it is after an installation. */
async function installPackage(userFolder: string, source: string): Promise<void> {
	const packed = await packPackage(source);
	const { name } = JSON.parse(readFileSync(path.join(packed.folder, 'package.json'), 'utf8')) as { name: string };
	const target = path.join(userFolder, '.n8n', 'nodes', 'node_modules', name);
	rmSync(target, { recursive: true, force: true });
	mkdirSync(path.dirname(target), { recursive: true });
	cpSync(packed.folder, target, { recursive: true });
	packed.remove();
}

async function placeFor({ sameAs, ...setup }: N8nSetup, userFolder: string): Promise<Place> {
	const [freePort, brokerPort] = (await freePorts(2)) as [number, number];
	const port = setup.port ?? freePort;
	const url = `http://127.0.0.1:${port}`;
	const owner = sameAs?.owner ?? { email: 'owner@example.com', password: `Pass-${randomBytes(8).toString('hex')}1` };
	return {
		owner,
		ownerHash: sameAs?.place.ownerHash ?? passwordHash(owner.password),
		encryptionKey: sameAs?.place.encryptionKey ?? storedKey(userFolder) ?? randomBytes(24).toString('hex'),
		database: setup.database ?? sameAs?.place.database ?? 'sqlite',
		queue: setup.queue ?? sameAs?.place.queue,
		publicUrl: setup.publicUrl ?? sameAs?.place.publicUrl ?? url,
		userFolder,
		url,
		port,
		brokerPort,
	};
}

/** The key with which an n8n has encrypted what already lies in the folder. */
function storedKey(userFolder: string): string | undefined {
	const settings = path.join(userFolder, '.n8n', 'config');
	return existsSync(settings)
		? (JSON.parse(readFileSync(settings, 'utf8')) as { encryptionKey?: string }).encryptionKey
		: undefined;
}
