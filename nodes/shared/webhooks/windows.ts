import type { Clock } from '../../../transport';
import { Window, type Fate, type WindowCall } from './window';

/** Where a call belongs: windows of different triggers do not mix. */
export interface WindowPlace {
	workflowId: string;
	nodeId: string;
}

interface Open<Part> {
	window: Window<Part>;
	/** By what its first call proved to be genuine. */
	proof: string;
}

/** The open windows of this process, one a trigger. */
export class Windows<Part> {
	private readonly open = new Map<string, Open<Part>>();

	/** `patience`: milliseconds after which the senders of calls take no answer for a failure, less what passes before n8n hands them over. */
	constructor(
		private readonly clock: Clock,
		private readonly patience: number,
	) {}

	/** By what the first call of the trigger's open window proved to be genuine; undefined when none is open. */
	proofAt(place: WindowPlace): string | undefined {
		return this.open.get(keyOf(place))?.proof;
	}

	/**
	 * Gathers a genuine call with others; a window is opened for `milliseconds` when none is open that has room.
	 * Resolves after the window has closed and, for a call that does not carry the others, after it is known what became of it.
	 */
	async join(
		place: WindowPlace,
		{ milliseconds, proof }: { milliseconds: number; proof: string },
		call: WindowCall<Part>,
	): Promise<Fate<Part>> {
		const key = keyOf(place);
		const open = this.open.get(key)?.window;
		if (open?.fits(call)) return await open.join(call);
		open?.close();
		const window = new Window<Part>(this.clock, milliseconds, this.patience, () => this.open.delete(key));
		this.open.set(key, { window, proof });
		return await window.join(call);
	}
}

const keyOf = ({ workflowId, nodeId }: WindowPlace): string => JSON.stringify([workflowId, nodeId]);
