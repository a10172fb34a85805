const { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } = require('node:fs');
const path = require('node:path');
const { cacheFolder } = require('./cacheFolder.cjs');
const { withLock } = require('./lock.cjs');
const { say } = require('./progress.cjs');

/** Folders that a filler left behind when it was killed; to be called by the holder of that name's lock. */
function removeUnfinished(prefix) {
	for (const entry of readdirSync(cacheFolder()))
		if (entry.startsWith(prefix)) rmSync(path.join(cacheFolder(), entry), { recursive: true, force: true });
}

/**
 * A folder of the cache, filled on its first use. It appears under its name only when it is complete.
 * @param {string} title what it holds, for messages
 * @param {string} name of the lock and of the unfinished folder
 * @param {() => string | undefined} find the complete folder, when there is one
 * @param {(folder: string) => Promise<string>} fill fills an empty folder and gives the path that it shall have
 */
async function cached(title, name, find, fill) {
	const present = find();
	if (present && existsSync(present)) return present;
	const lock = path.join(cacheFolder(), `${name}.lock`);
	return await withLock(
		lock,
		() => say(`Another command is installing ${title}; waiting for it`),
		async () => {
			const arrived = find();
			if (arrived && existsSync(arrived)) return arrived;
			removeUnfinished(`${name}.filling-`);
			const unfinished = mkdtempSync(path.join(cacheFolder(), `${name}.filling-`));
			try {
				const folder = await fill(unfinished);
				renameSync(unfinished, folder);
				return folder;
			} catch (error) {
				rmSync(unfinished, { recursive: true, force: true });
				throw error;
			}
		},
	);
}

module.exports = { cached };
