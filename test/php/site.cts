import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { repositoryRoot } from '../n8n/repository.cts';

export const HANDLER = path.join(repositoryRoot(), 'docs', 'bitrix-site', 'moysklad_events');
export const STUBS = path.join(repositoryRoot(), 'test', 'php', 'site');

/** What happens while a page of the site is made. */
export interface Step {
	entity: 'order' | 'payment' | 'shipment' | 'user';
	id: number;
	deleted?: boolean;
	/** It could not be saved or deleted. */
	failed?: boolean;
	/** Of what was deleted only the former values are left. */
	valuesOnly?: boolean;
	event?: string;
}

/** Bitrix runs the agent on this page. */
export const AGENT = { agent: true } as const;

/** What a process of PHP wrote, and how long it took. */
export interface Ran {
	output: string;
	/** PHP's log and warnings. */
	log: string;
	/** Until the page was complete; until the process ended. */
	pageMilliseconds: number;
	milliseconds: number;
}

export async function php(args: string[], env: Record<string, string> = {}): Promise<Ran> {
	const start = performance.now();
	let pageMilliseconds = Number.NaN;
	return await new Promise((resolve, reject) => {
		const settings = ['-d', 'error_reporting=-1', '-d', 'display_errors=stderr', '-d', 'log_errors=1', '-d', 'error_log='];
		const child = execFile('php', [...settings, ...args], { env: { ...process.env, ...env } }, (error, output, log) => {
			if (error) reject(new Error(`${error.message}\n${log}`));
			else resolve({ output, log, pageMilliseconds, milliseconds: performance.now() - start });
		});
		child.stdout?.once('data', () => (pageMilliseconds = performance.now() - start));
	});
}

/** Serves the handler's folder with PHP, as a web server that was set up carelessly does, and asks for a file. */
export async function visit(file: string, port: number): Promise<number> {
	const server = spawn('php', ['-S', `127.0.0.1:${port}`, '-t', HANDLER], { stdio: ['ignore', 'ignore', 'pipe'] });
	try {
		await once(server.stderr, 'data');
		return (await fetch(`http://127.0.0.1:${port}/${file}`)).status;
	} finally {
		server.kill();
		await once(server, 'exit');
	}
}

/** A site with the handler installed: its settings and its queue. */
export class Site {
	readonly queue: string;
	private readonly folder = mkdtempSync(path.join(tmpdir(), 'site-'));
	private readonly settings: string;

	constructor(url: string, secret: string, more: Record<string, unknown> = {}) {
		this.queue = path.join(this.folder, 'queue');
		this.settings = path.join(this.folder, 'settings.php');
		mkdirSync(this.queue);
		this.set({ url, secret, site: 'shop.example.com', queue: this.queue, timeout: 1, ...more });
	}

	/** Writes the settings anew. */
	set(settings: Record<string, unknown>): void {
		writeFileSync(this.settings, `<?php return json_decode(${JSON.stringify(JSON.stringify(settings)).replaceAll('$', '\\$')}, true);`);
	}

	async page(steps: Array<Step | typeof AGENT>, env?: Record<string, string>): Promise<Ran> {
		return await php([path.join(STUBS, 'page.php'), this.settings, JSON.stringify(steps)], env);
	}

	async cron(): Promise<Ran> {
		return await php([path.join(HANDLER, 'cron.php'), this.settings]);
	}

	/** "order-7-SAVE", in the order of their making; with what became of those that were refused. */
	waiting(): string[] {
		return this.files().map((name) => name.replace(/^[\d.]+-[0-9a-f]{16}-/, ''));
	}

	/** Time passes for what waits, and for the pause after a failure. */
	later(seconds = 120): void {
		for (const name of this.files()) {
			const [moment = '', ...rest] = name.split('-');
			renameSync(path.join(this.queue, name), path.join(this.queue, [(Number(moment) - seconds).toFixed(6), ...rest].join('-')));
		}
		if (!readdirSync(this.queue).includes('pause')) return;
		const pause = path.join(this.queue, 'pause');
		const before = statSync(pause).mtimeMs / 1000 - seconds;
		utimesSync(pause, before, before);
	}

	makeUnwritable(): void {
		rmSync(this.queue, { recursive: true });
		writeFileSync(this.queue, '');
		chmodSync(this.queue, 0o400);
	}

	remove(): void {
		rmSync(this.folder, { recursive: true });
	}

	private files(): string[] {
		return readdirSync(this.queue).filter((name) => /^\d/.test(name)).sort();
	}
}
