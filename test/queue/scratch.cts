import { randomBytes } from 'node:crypto';
import { requireOfN8n } from '../n8n/cachedN8n.cts';
import type { Queue } from '../n8n/environment.cts';
import { DATABASE_URL, REDIS_URL } from '../../scripts/setup/services.cjs';

/** What of the libraries that n8n uses itself is needed here. */
interface DatabaseClient {
	connect(): Promise<void>;
	query(text: string, values?: unknown[]): Promise<{ rows: Array<Record<string, unknown>> }>;
	end(): Promise<void>;
	on(event: 'error', listener: (error: Error) => void): void;
}
interface RedisClient {
	scan(cursor: string, ...options: string[]): Promise<[string, string[]]>;
	del(...keys: string[]): Promise<number>;
	disconnect(): void;
}

const KEYS_AT_ONCE = '1000';

/** A database and a place in Redis that belong to one run and go with it. */
export class Scratch {
	private constructor(
		private readonly name: string,
		private readonly client: DatabaseClient,
	) {}

	static async make(): Promise<Scratch> {
		const name = `msbx_queue_${randomBytes(4).toString('hex')}`;
		await asAdministrator(async (client) => {
			await client.query(`CREATE DATABASE ${name}`);
			// As in deploy/docker-compose.yml: the server limits statements, and n8n does not.
			await client.query(`ALTER DATABASE ${name} SET statement_timeout = '5min'`);
		});
		return new Scratch(name, await connected(databaseAddress(name)));
	}

	/** `postgres://user:password@host:port/name` */
	get database(): string {
		return databaseAddress(this.name);
	}

	get queue(): Queue {
		const { hostname, port, pathname, username, password } = new URL(REDIS_URL);
		return {
			host: hostname,
			port: Number(port || '6379'),
			db: Number(pathname.slice(1) || '0'),
			username: decodeURIComponent(username),
			password: decodeURIComponent(password),
			prefix: this.name,
		};
	}

	async query(text: string, values?: unknown[]): Promise<Array<Record<string, unknown>>> {
		return (await this.client.query(text, values)).rows;
	}

	/** The number in the first column of a query's only row. */
	async count(text: string, values?: unknown[]): Promise<number> {
		const [row = {}] = await this.query(text, values);
		return Number(Object.values(row)[0]);
	}

	/** The database takes no connections and breaks those that are there, but for this one, until the work is done. */
	async closed(work: () => Promise<void>): Promise<void> {
		await asAdministrator(async (client) => void (await client.query(`ALTER DATABASE ${this.name} ALLOW_CONNECTIONS false`)));
		try {
			await this.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()');
			await work();
		} finally {
			await asAdministrator(async (client) => void (await client.query(`ALTER DATABASE ${this.name} ALLOW_CONNECTIONS true`)));
		}
	}

	async remove(): Promise<void> {
		await this.client.end();
		await asAdministrator(async (client) => void (await client.query(`DROP DATABASE IF EXISTS ${this.name} WITH (FORCE)`)));
		await removeKeys(`*${this.name}*`);
	}
}

function databaseAddress(name: string): string {
	const address = new URL(DATABASE_URL);
	address.pathname = `/${name}`;
	return address.href;
}

async function connected(address: string): Promise<DatabaseClient> {
	const { Client } = requireOfN8n<{ Client: new (settings: { connectionString: string }) => DatabaseClient }>('pg');
	const client = new Client({ connectionString: address });
	// A connection that breaks between two queries must not end this process: the next query says so.
	client.on('error', () => undefined);
	await client.connect();
	return client;
}

async function asAdministrator(work: (client: DatabaseClient) => Promise<void>): Promise<void> {
	const client = await connected(DATABASE_URL);
	try {
		await work(client);
	} finally {
		await client.end();
	}
}

async function removeKeys(pattern: string): Promise<void> {
	const Redis = requireOfN8n<new (address: string) => RedisClient>('ioredis');
	const redis = new Redis(REDIS_URL);
	try {
		let cursor = '0';
		do {
			const [next, keys] = await redis.scan(cursor, 'MATCH', pattern, 'COUNT', KEYS_AT_ONCE);
			if (keys.length > 0) await redis.del(...keys);
			cursor = next;
		} while (cursor !== '0');
	} finally {
		redis.disconnect();
	}
}
