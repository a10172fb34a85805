const TICK_MS = 1_000;
const LINE_EVERY_MS = 60_000;

const say = (line) => process.stderr.write(`${line}\n`);

const seconds = (since) => `${Math.round((Date.now() - since) / 1_000)} s`;

/**
 * Shows that a long step is running: on a terminal one line whose time advances, elsewhere a line at its start, one
 * each minute and one at its end.
 */
async function withProgress(text, work) {
	const start = Date.now();
	const live = process.stderr.isTTY;
	const show = () => process.stderr.write(live ? `\r${text} … ${seconds(start)} ` : `${text} … ${seconds(start)}\n`);
	if (live) show();
	else say(`${text} …`);
	const timer = setInterval(show, live ? TICK_MS : LINE_EVERY_MS);
	let end = 'failed after';
	try {
		const result = await work();
		end = 'done in';
		return result;
	} finally {
		clearInterval(timer);
		process.stderr.write(`${live ? '\r' : ''}${text} … ${end} ${seconds(start)}\n`);
	}
}

module.exports = { say, withProgress };
