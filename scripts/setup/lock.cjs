const {
	existsSync,
	linkSync,
	mkdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	utimesSync,
	writeFileSync,
} = require('node:fs');
const { randomUUID } = require('node:crypto');
const path = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');

const HEARTBEAT_MS = 2_000;
const DEAD_AFTER_MS = 20_000;
const ASK_AGAIN_MS = 500;

/** Tries to take the lock; false when another process, which is alive, holds it. */
function take(file, token) {
	try {
		writeFileSync(file, token, { flag: 'wx' });
		return true;
	} catch (error) {
		if (error.code !== 'EEXIST') throw error;
		buryDead(file);
		return false;
	}
}

/** Removes the lock of a holder whose heartbeat has stopped. */
function buryDead(file) {
	try {
		const token = readFileSync(file, 'utf8');
		if (Date.now() - statSync(file).mtimeMs < DEAD_AFTER_MS) return;
		const grave = `${file}.${randomUUID()}`;
		renameSync(file, grave);
		// Between the look and the renaming another waiter may have buried it and taken the lock: give it back.
		if (readFileSync(grave, 'utf8') !== token) linkSync(grave, file);
		rmSync(grave);
	} catch (error) {
		if (error.code !== 'ENOENT') throw error;
	}
}

const holds = (file, token) => existsSync(file) && readFileSync(file, 'utf8') === token;

/**
 * Does `work` while holding the lock file, and gives its result. While another process holds it, waits; `onWait` is
 * called once then. A holder shows that it lives by touching the file; the lock of a dead one is taken over.
 */
async function withLock(file, onWait, work) {
	mkdirSync(path.dirname(file), { recursive: true });
	const token = randomUUID();
	for (let asked = 0; !take(file, token); asked++) {
		if (asked === 1) onWait();
		await sleep(ASK_AGAIN_MS);
	}
	const release = () => holds(file, token) && rmSync(file, { force: true });
	const heartbeat = setInterval(() => holds(file, token) && utimesSync(file, new Date(), new Date()), HEARTBEAT_MS);
	process.once('exit', release);
	try {
		return await work();
	} finally {
		clearInterval(heartbeat);
		process.off('exit', release);
		release();
	}
}

module.exports = { withLock };
