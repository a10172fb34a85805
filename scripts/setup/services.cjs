const { once } = require('node:events');
const { connect } = require('node:net');
const { StepFailed } = require('./command.cjs');

const REDIS_URL = process.env.REDIS_URL || 'redis://127.0.0.1:6379';
/** A user who may make databases; what is tested gets one of its own. */
const DATABASE_URL = process.env.DATABASE_URL || 'postgres://postgres@127.0.0.1:5432/postgres';

const PATIENCE_MS = 3_000;

const SERVICES = [
	{ name: 'Redis', variable: 'REDIS_URL', address: REDIS_URL, usualPort: 6379 },
	{ name: 'PostgreSQL', variable: 'DATABASE_URL', address: DATABASE_URL, usualPort: 5432 },
];

/** Queue mode needs a Redis and a PostgreSQL, which nothing here installs: says which of them does not answer. */
async function findServices() {
	const faults = (await Promise.all(SERVICES.map(faultOf))).filter(Boolean);
	if (faults.length > 0) throw new StepFailed(faults.join('\n'));
}

async function faultOf({ name, variable, address, usualPort }) {
	if (!URL.canParse(address)) return `${variable} is no address: it should look like ${usualPort === 6379 ? 'redis://host:6379' : 'postgres://user:password@host:5432/postgres'}`;
	const { hostname, port } = new URL(address);
	const place = `${hostname}:${port || usualPort}`;
	const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || usualPort) });
	try {
		await once(socket, 'connect', { signal: AbortSignal.timeout(PATIENCE_MS) });
		return undefined;
	} catch (error) {
		return `${name} does not answer at ${place} (${error.code ?? error.message}). Start one there, or set ${variable} to where it is.`;
	} finally {
		socket.destroy();
	}
}

module.exports = { DATABASE_URL, REDIS_URL, findServices };
