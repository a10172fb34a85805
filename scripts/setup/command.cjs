/** A step that could not be done. Its message is for the user and says all there is to say: no stack is shown. */
class StepFailed extends Error {
	constructor(message, exitCode = 1) {
		super(message);
		this.exitCode = exitCode;
	}
}

/** Runs a command's steps one after another and ends with the first exit code that is not 0. */
async function command(...steps) {
	try {
		for (const step of steps) {
			const code = await step();
			if (typeof code === 'number' && code !== 0) process.exit(code);
		}
	} catch (error) {
		console.error(error instanceof StepFailed ? `\n${error.message}` : error);
		process.exit(error.exitCode ?? 1);
	}
}

module.exports = { StepFailed, command };
