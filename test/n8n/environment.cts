import { existsSync } from 'node:fs';
import path from 'node:path';
import { packageOfN8n, requireOfN8n } from './cachedN8n.cts';

export interface Owner {
	email: string;
	password: string;
}

/** The Redis of n8n's queue mode. */
export interface Queue {
	port: number;
	host?: string;
	db?: number;
	username?: string;
	password?: string;
	/** Keeps several n8n on one Redis apart: their jobs, what they tell one another and what they remember. */
	prefix?: string;
}

/** What n8n is told before it starts. */
export interface Place {
	/** Where this process listens, without a slash at the end. */
	url: string;
	/** The address that triggers register, without a slash at the end. */
	publicUrl: string;
	port: number;
	brokerPort: number;
	userFolder: string;
	encryptionKey: string;
	owner: Owner;
	/** Of the owner's password; the same at each start, since another one would log everybody out. */
	ownerHash: string;
	/** `sqlite`, or the address of a PostgreSQL database: `postgres://user:password@host:port/name`. */
	database: string;
	queue?: Queue;
}

const NEEDLESS_MODULES = ['mcp-registry', 'instance-ai', 'mcp', 'chat-hub', 'insights', 'agents', 'quick-connect', 'instance-version-history'];

/** An n8n does not start with the name of a module that it does not have. */
const needlessModules = (): string => {
	const modules = path.join(packageOfN8n('n8n'), 'dist', 'modules');
	return NEEDLESS_MODULES.filter((name) => existsSync(path.join(modules, name))).join();
};

/** No calls to the internet, no dialogs. */
const QUIET = {
	NODE_ENV: 'production',
	N8N_LOG_LEVEL: 'info',
	N8N_LISTEN_ADDRESS: '127.0.0.1',
	N8N_SECURE_COOKIE: 'false',
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_AI_ENABLED: 'false',
};

/** Settings of this process that would change the n8n that is started, or the Node under it. */
const NOT_INHERITED = /^(N8N_|DB_|EXECUTIONS_|QUEUE_|WEBHOOK_|GENERIC_|OFFLOAD_|JEST_|npm_|NODE_OPTIONS$|NODE_ENV$)/;

const inherited = (): NodeJS.ProcessEnv =>
	Object.fromEntries(Object.entries(process.env).filter(([name]) => !NOT_INHERITED.test(name)));

/** n8n takes the owner's password as a hash only; the library that makes it comes with n8n. */
export const passwordHash = (password: string): string =>
	requireOfN8n<{ hashSync(text: string, rounds: number): string }>('bcryptjs').hashSync(password, 10);

const ownerSettings = ({ email }: Owner, hash: string): NodeJS.ProcessEnv => ({
	N8N_INSTANCE_OWNER_MANAGED_BY_ENV: 'true',
	N8N_INSTANCE_OWNER_EMAIL: email,
	N8N_INSTANCE_OWNER_FIRST_NAME: 'Olga',
	N8N_INSTANCE_OWNER_LAST_NAME: 'Owner',
	N8N_INSTANCE_OWNER_PASSWORD_HASH: hash,
});

function databaseSettings(database: string): NodeJS.ProcessEnv {
	if (database === 'sqlite') return { DB_TYPE: 'sqlite' };
	const { hostname, port, username, password, pathname } = new URL(database);
	return {
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: hostname,
		DB_POSTGRESDB_PORT: port || '5432',
		DB_POSTGRESDB_USER: decodeURIComponent(username),
		DB_POSTGRESDB_PASSWORD: decodeURIComponent(password),
		DB_POSTGRESDB_DATABASE: pathname.slice(1),
	};
}

const queueSettings = ({ host = '127.0.0.1', port, db = 0, username = '', password = '', prefix = 'bull' }: Queue): NodeJS.ProcessEnv => ({
	EXECUTIONS_MODE: 'queue',
	QUEUE_BULL_REDIS_HOST: host,
	QUEUE_BULL_REDIS_PORT: String(port),
	QUEUE_BULL_REDIS_DB: String(db),
	QUEUE_BULL_REDIS_USERNAME: username,
	QUEUE_BULL_REDIS_PASSWORD: password,
	QUEUE_BULL_PREFIX: prefix,
	N8N_REDIS_KEY_PREFIX: prefix,
});

/** The environment of an n8n process. */
export function environment(place: Place, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
	const all: NodeJS.ProcessEnv = {
		...inherited(),
		...QUIET,
		N8N_DISABLED_MODULES: needlessModules(),
		N8N_USER_FOLDER: place.userFolder,
		N8N_ENCRYPTION_KEY: place.encryptionKey,
		N8N_PORT: String(place.port),
		N8N_RUNNERS_BROKER_PORT: String(place.brokerPort),
		N8N_EDITOR_BASE_URL: `${place.publicUrl}/`,
		N8N_WEBHOOK_URL: `${place.publicUrl}/`,
		...ownerSettings(place.owner, place.ownerHash),
		...databaseSettings(place.database),
		...(place.queue && queueSettings(place.queue)),
		...more,
	};
	// So it was called in n8n 2.6.
	return { ...all, WEBHOOK_URL: all.N8N_WEBHOOK_URL };
}
