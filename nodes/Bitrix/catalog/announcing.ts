import type { IExecuteFunctions } from 'n8n-workflow';

/** What a run of the node says to people beside its results. */
export class Announcing {
	/** Hints are about the whole run, and not said again for each item. */
	private readonly said = new Set<string>();

	constructor(readonly context: IExecuteFunctions) {}

	/** Shows how far the work has come, in the log and, in the editor, to the user. */
	tell(text: string): void {
		this.context.logger.info(text);
		this.context.sendMessageToUI(text);
	}

	/** A hint beside the output, once. */
	hint(message: string): void {
		if (this.said.has(message)) return;
		this.said.add(message);
		this.context.addExecutionHints({ message, location: 'outputPane', type: 'warning' });
	}
}
