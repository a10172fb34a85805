const { spawn } = require('node:child_process');

const running = new Set();
let ending;

const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

/** The first signal is passed on and lets the children end; the second kills them. */
function end(signal) {
	const again = ending !== undefined;
	ending = signal;
	process.exitCode = EXIT_CODES[signal];
	if (running.size === 0) process.exit();
	// A terminal sends Ctrl-C to the whole foreground group: passed on as well, the child would take it for the second.
	if (signal === 'SIGINT' && process.stdin.isTTY && !again) return;
	for (const child of running) child.kill(again ? 'SIGKILL' : signal);
}

for (const signal of Object.keys(EXIT_CODES)) process.on(signal, () => end(signal));

/**
 * Runs a program without a shell and resolves with its exit code, or the code that a shell shows for its signal.
 * Signals to this process reach the child by its id; when the child has ended, so does this process.
 */
function run(program, args, options = {}) {
	return new Promise((resolve, reject) => {
		const child = spawn(program, args, { stdio: 'inherit', ...options });
		running.add(child);
		child.once('error', (error) => {
			running.delete(child);
			reject(error);
		});
		child.once('close', (code, signal) => {
			running.delete(child);
			if (ending) process.exit();
			resolve(code ?? EXIT_CODES[signal] ?? 1);
		});
	});
}

module.exports = { run };
