const { isMainThread } = require('node:worker_threads');

// Loaded into n8n before it starts. Its standard input is a pipe from the process that started it: the pipe ends when
// that process does, in whatever way, and then n8n shall not go on alone. Nobody reads its output any more then: an
// error of writing it must not be logged, since the log is that output.
if (isMainThread) {
	for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
	process.stdin.resume().once('close', () => process.kill(process.pid, 'SIGTERM'));
	process.stdin.unref();
}
